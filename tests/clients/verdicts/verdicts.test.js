// Validation: operations made from the hub's own SDL, as they should be and broken in many ways, and the verdicts of
// graphql-js and of the hub on each. HANSA_SEED makes others.
import test from 'node:test';
import assert from 'node:assert/strict';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { http, sdl } from '../kit.js';
import { chance } from './chance.js';
import { Generator } from './generate.js';
import kinds from './mutate.js';

const SEED = Number(process.env.HANSA_SEED ?? 12);
const VALID = 1000;
const MUTANTS = 40;
/** As many operations as one batch may hold. */
const BATCH = 20;

// How deep introspection may go is a limit of the server's, not a rule of the specification: the hub has its own.
const rules = specifiedRules.filter((rule) => rule.name !== 'MaxIntrospectionDepthRule');

/** Where the hub differs and is to differ. */
const explained = [
  // A description before an operation is new in the specification of 2025; the hub reads that of 2021.
  (text) => /^"told"/m.test(text),
  // graphql-js takes what is beyond any float for infinity, which no JSON can carry.
  (text) => text.includes('1e400'),
  // A comma stands between tokens, and between `$` and a name nobody writes it: the hub refuses it.
  (text) => text.includes('$,'),
];

function judge(schema, text) {
  let document;
  try {
    document = parse(text);
  } catch {
    return 'refused';
  }
  try {
    return validate(schema, document, rules).length === 0 ? 'valid' : 'refused';
  } catch {
    // Its rule on subscriptions fails on a root field that is skipped by a variable: no verdict.
    return undefined;
  }
}

/** The hub's verdicts. An operation that no document has is asked for, so that a valid one is not executed. */
async function ask(texts) {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const body = JSON.stringify(texts.map((query) => ({ query, operationName: 'Nobody' })));
  const response = await fetch(http, { method: 'POST', headers, body });
  return (await response.json()).map(({ errors: [{ message, extensions: { code } }] }) => {
    if (code === 'BAD_REQUEST' && message.includes('no operation named')) return 'valid';
    if (code === 'PARSE_FAILED' || code === 'VALIDATION_FAILED') return 'refused';
    return code;
  });
}

test('verdicts are those of graphql-js', async () => {
  const schema = buildSchema(await (await fetch(sdl)).text());
  const dice = chance(SEED);
  const generator = new Generator(schema, dice);
  const made = Array.from({ length: VALID }, () => ({ kind: 'as it should be', text: generator.document() }));
  for (const [kind, change] of Object.entries(kinds)) {
    for (let tries = 0, found = 0; tries < 20 * MUTANTS && found < MUTANTS; tries += 1) {
      const text = change(generator.document(), { schema, dice });
      if (text === undefined) continue;
      made.push({ kind, text });
      found += 1;
    }
  }
  const judged = made.map((one) => ({ ...one, right: judge(schema, one.text) })).filter((one) => one.right !== undefined && !explained.some((is) => is(one.text)));
  const answers = [];
  for (let at = 0; at < judged.length; at += BATCH) answers.push(...await ask(judged.slice(at, at + BATCH).map((one) => one.text)));

  const limited = answers.filter((answer) => answer === 'LIMIT_EXCEEDED').length;
  const valid = judged.filter((one) => one.right === 'valid').length;
  console.log(`${judged.length} operations, ${valid} of them valid, ${limited} beyond a limit`);
  assert.ok(judged.length >= 2000 && valid >= 800 && limited <= judged.length / 50);
  const differences = judged.flatMap(({ kind, text, right }, at) => (answers[at] === right || answers[at] === 'LIMIT_EXCEEDED' ? [] : [`${kind}: ${right}, but the hub says ${answers[at]}\n${text}`]));
  assert.equal(differences.length, 0, `${differences.length} of ${judged.length} differ\n${differences.slice(0, 5).join('\n\n')}`);
});
