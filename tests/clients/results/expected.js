// What graphql-js answers where fields fail: for the SDL of the toy schema of tests/hub/execution (the file that is named), operations and their
// results, one a line. What a field does, its name says, as in its twin. HANSA_SEED makes other operations.
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, specifiedRules, subscribe, validate } from 'graphql';
import { chance } from '../verdicts/chance.js';
import { Generator } from '../verdicts/generate.js';

const COUNT = 2000;
const schema = buildSchema(readFileSync(process.argv[2], 'utf8'));

const leaf = { __typename: 'Leaf' };
const stone = { __typename: 'Stone' };
const bad = () => new Error('an item failed');

/** What the twin answers by the name of a field. */
const known = {
  nothing: () => null,
  weight: () => 7,
  children: () => [leaf, null, leaf],
  mustChildren: () => [leaf, leaf],
  someChildren: () => [leaf, leaf],
  gapsChildren: () => [leaf, leaf],
  leaves: () => [leaf, leaf],
  mustLeaves: () => [leaf],
  thing: () => stone,
  either: () => stone,
  things: () => [leaf, stone],
  mustThings: () => [leaf, stone],
  eithers: () => [leaf, stone],
  someEithers: () => [leaf, stone],
  badGaps: () => [1, bad(), null, bad(), 5],
  badMustGaps: () => [bad(), 2],
  badItems: () => [1, bad(), bad()],
  badMustItems: () => [1, bad()],
  grid: () => [[1, bad()], null, [bad()]],
  rowGrid: () => [[1, bad()], [2]],
  mustGrid: () => [[1], [2, bad()]],
  leafGrid: () => [[leaf, leaf], [leaf]],
};

function fieldResolver(source, _, __, info) {
  const { fieldName, parentType } = info;
  if (/^fail|^mustFail/.test(fieldName)) throw new Error(`${fieldName} failed`);
  if (parentType === schema.getSubscriptionType()) return source[fieldName];
  if (fieldName === 'name') return parentType.name;
  if (known[fieldName]) return known[fieldName]();
  return leaf;
}

async function* subscribeFieldResolver(_, __, ___, { fieldName }) {
  const value = fieldName === 'mustLeaves' ? [leaf] : leaf;
  yield { [fieldName]: value };
  yield { [fieldName]: value };
}

function told({ data, errors = [] }) {
  const tell = ({ message, path, locations }) => `${message} at ${JSON.stringify(path)}, ${locations[0].line}:${locations[0].column}`;
  return { data: JSON.stringify(data), errors: errors.map(tell).sort() };
}

async function answer(document, variableValues) {
  const args = { schema, document, variableValues, fieldResolver, subscribeFieldResolver };
  if (document.definitions.some((definition) => definition.operation === 'subscription')) {
    const events = await subscribe(args);
    if (!events[Symbol.asyncIterator]) return [told(events)];
    const results = [];
    for await (const event of events) results.push(told(event));
    return results;
  }
  return [told(await execute(args))];
}

/** Each kind of position by itself, and some at once. */
const written = [
  '{ leaf { fails name } }', '{ leaf { mustFail name } name }', '{ mustLeaf { mustFail } name }', '{ name fails }', '{ name mustFail }', '{ fails mustFail }',
  '{ leaf { mustChild { mustChild { mustFail } } } }', '{ leaf { child { mustChild { mustFail } } name } }', '{ leaves { name mustFail } }', '{ leaves { name fails } name }',
  '{ leaf { children { mustFail } name } }', '{ leaf { mustChildren { mustFail } } name }', '{ leaf { someChildren { mustFail } name } }', '{ leaf { gapsChildren { mustFail } name } }',
  '{ mustLeaves { child { mustFail } fails name } }', '{ mustLeaves { mustFail } }', '{ leaf { badGaps badItems name } }', '{ leaf { badMustGaps } }', '{ leaf { badMustItems name } name }',
  '{ leaf { grid name } }', '{ leaf { rowGrid } }', '{ leaf { mustGrid name } }', '{ leaf { leafGrid { mustFail } } }', '{ leaf { leafGrid { fails child { mustFail } } } }',
  '{ things { name fails } }', '{ things { name mustFail } }', '{ things { ... on Stone { weight mustFail } } name }', '{ eithers { ... on Leaf { name fails } ... on Thing { name } } }',
  '{ eithers { ... on Leaf { mustFail } __typename } }', '{ leaf { mustThings { mustFail } } }', '{ leaf { someEithers { __typename ... on Stone { mustFail } } name } }',
  '{ leaf { failingChild { name } failingMustChild { name } } name }', '{ leaf { failingList { name } } }', '{ leaf { name } leaf { fails } name leaf { child { mustFail } } }',
  '{ leaf { child { name } child { mustFail } name } }', '{ leaf { child { mustFail } child { name } name } }', '{ leaf { fails fails a: fails } }', '{ a: leaf { z: name b: name } name __typename }',
  '{ leaf @skip(if: true) { name } }', 'query ($v1: Boolean!) { name @skip(if: $v1) leaf @include(if: $v1) { mustFail } }', '{ __schema { queryType { name } } name mustFail }',
  '{ name __schema { queryType { name } } leaf { fails } }', 'mutation { fails name mustFail leaf { name } }', 'mutation { leaf { mustFail } mustLeaf { fails } name }', 'mutation { mustLeaf { mustFail } name }',
  'subscription { leaf { name fails mustFail } }', 'subscription { leaf { children { mustFail } } }', 'subscription { mustLeaf { mustFail } }', 'subscription { mustLeaves { name fails someChildren { mustFail } } }',
];

/** What asks about types of another schema, and two keys that do not go together, is nobody's to answer. */
function isAnswerable(text) {
  if (text.includes('__type(')) return false;
  try {
    return validate(schema, parse(text), specifiedRules).length === 0;
  } catch {
    // graphql-js 16 evaluates the directives of a subscription's root while it validates, without the variables' values.
    return false;
  }
}

const dice = chance(Number(process.env.HANSA_SEED ?? 12));
const generator = new Generator(schema, dice);
const texts = [...written];
while (texts.length < COUNT) {
  const text = generator.document();
  if (isAnswerable(text)) texts.push(text);
}
for (const query of texts) {
  const document = parse(query);
  const names = document.definitions.flatMap((definition) => definition.variableDefinitions ?? []).map((definition) => definition.variable.name.value);
  const variables = Object.fromEntries(names.map((name) => [name, dice.percent(50)]));
  try {
    console.log(JSON.stringify({ query, variables, results: await answer(document, variables) }));
  } catch (error) {
    // graphql-js 16 breaks where the only field of a subscription is skipped.
    if (!(error instanceof TypeError && query.startsWith('subscription'))) throw error;
  }
}
