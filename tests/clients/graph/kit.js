// What the tests of the real graph share: asking without any client, and what is true of the demonstration content.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { http, token } from '../kit.js';

/** Whom the token stands for: a representative of this city. */
const slug = process.env.HANSA_CITY ?? 'hamburg';

/** Asks plainly; the answer must have no error. */
export async function ask(query, variables = {}, credential = undefined) {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  if (credential) headers.authorization = `Bearer ${credential}`;
  const response = await fetch(http, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

const known = await ask(
  `query ($slug: String!) {
    city(slug: $slug) { id slug }
    practices(first: 100) { totalCount nodes { slug } }
    exchangeEvents(first: 1) { nodes { cursor } }
  }`,
  { slug },
);
assert.ok(known.city, `there is no city “${slug}”: fill the hub by hansa serve --demo`);

/** The city that the token's person represents. */
export const city = known.city;
/** The cursor of the first event a guest may see. */
export const start = known.exchangeEvents.nodes[0].cursor;
/** Every practice a guest may see, newest first. */
export const practices = known.practices.nodes.map((practice) => practice.slug);
assert.equal(practices.length, known.practices.totalCount);
/** A page that does not divide them evenly. */
export const page = 7;
assert.ok(practices.length > 2 * page && practices.length % page > 0, `${practices.length} practices are no good walk`);

/** What a draft is made of. */
export const draft = (title) => ({ city: city.id, language: 'en', title, summary: 'Streets that drink.' });
export const credentials = { Authorization: `Bearer ${token}` };

/** The cursor of the newest event the token's person may see. */
export async function head() {
  const { exchangeEvents } = await ask('{ exchangeEvents(last: 1) { nodes { cursor } } }', {}, token);
  return exchangeEvents.nodes[0].cursor;
}

/** Clients say on the console what they dislike of a server: here nothing may be said. */
export function listen(context) {
  for (const level of ['warn', 'error']) {
    context.mock.method(console, level, (...told) => assert.fail(`console.${level}: ${told.join(' ')}`));
  }
}

/** Runs an installed tool in a folder; answers what it says, fails where it fails. */
export function run(tool, args, folder) {
  const path = fileURLToPath(new URL(`../node_modules/.bin/${tool}`, import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(path, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } });
  assert.equal(status, 0, `${tool}: ${error ?? ''}${stdout}${stderr}`);
  return stdout + stderr;
}
