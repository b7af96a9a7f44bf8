// Relay: its compiler takes our schema with @connection and @refetchable; its store merges the pages, at the root and of a node;
// a mutation; a subscription over graphql-ws.
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import runtime from 'relay-runtime';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { http, sdl, socket } from '../../kit.js';
import { ask, city, credentials, draft, head, listen, page, practices, run } from '../kit.js';

const { commitMutation, createOperationDescriptor, Environment, fetchQuery, getSelector, Network, Observable, RecordSource, requestSubscription, Store } = runtime;
const here = new URL('.', import.meta.url);
const artifact = async (name) => (await import(new URL(`__generated__/${name}.graphql.js`, here))).default;
const artifacts = (...names) => Promise.all(names.map(artifact));

function connect(context, headers = {}) {
  listen(context);
  const live = createClient({ url: socket, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: headers });
  context.after(() => live.dispose());
  const fetches = async ({ text }, variables) => {
    const taken = { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers };
    return (await fetch(http, { method: 'POST', headers: taken, body: JSON.stringify({ query: text, variables }) })).json();
  };
  const subscribes = ({ text }, variables) => Observable.create((sink) => live.subscribe({ query: text, variables }, sink));
  return new Environment({ network: Network.create(fetches, subscribes), store: new Store(new RecordSource()) });
}

/** What a fragment of the store holds now. */
function read(environment, fragment, reference) {
  const { data, isMissingData } = environment.lookup(getSelector(fragment, reference));
  assert.equal(isMissingData, false);
  return data;
}

test('the Relay compiler takes the schema without a complaint', async () => {
  for (const folder of ['__generated__/', 'build/']) {
    rmSync(new URL(folder, here), { recursive: true, force: true });
    mkdirSync(new URL(folder, here));
  }
  // The artifacts name one another without an ending.
  writeFileSync(new URL('__generated__/package.json', here), '{ "type": "commonjs" }');
  writeFileSync(new URL('build/schema.graphql', here), await (await fetch(sdl)).text());
  assert.doesNotMatch(run('relay-compiler', ['relay.config.json'], here), /warn|error/i);
});

test('Relay walks every page', async (context) => {
  const environment = connect(context);
  const [query, more, fragment] = await artifacts('operationsPracticesQuery', 'operationsPracticesPageQuery', 'operations_practices');
  context.after(environment.retain(createOperationDescriptor(query, {})).dispose);
  const reference = await fetchQuery(environment, query, {}).toPromise();
  let found = read(environment, fragment, reference).practices;
  while (found.pageInfo.hasNextPage) {
    await fetchQuery(environment, more, { count: page, cursor: found.pageInfo.endCursor }).toPromise();
    found = read(environment, fragment, reference).practices;
  }
  assert.deepEqual(found.edges.map((edge) => edge.node.slug), practices);
  assert.equal(found.totalCount, practices.length);
});

test('Relay walks a city’s pages by its id', async (context) => {
  const environment = connect(context);
  const [query, more, fragment] = await artifacts('operationsCityQuery', 'operationsCityPageQuery', 'operations_city');
  const { node } = await ask('query ($id: ID!) { node(id: $id) { ... on City { practices(first: 100) { nodes { slug } } } } }', { id: city.id });
  context.after(environment.retain(createOperationDescriptor(query, { slug: city.slug })).dispose);
  const { city: reference } = await fetchQuery(environment, query, { slug: city.slug }).toPromise();
  let found = read(environment, fragment, reference).practices;
  while (found.pageInfo.hasNextPage) {
    await fetchQuery(environment, more, { id: reference.id, first: 1, after: found.pageInfo.endCursor }).toPromise();
    found = read(environment, fragment, reference).practices;
  }
  assert.deepEqual(found.edges.map((edge) => edge.node.slug), node.practices.nodes.map((practice) => practice.slug));
});

test('Relay drafts a practice and hears of it', async (context) => {
  const environment = connect(context, credentials);
  const [mutation, subscription] = await artifacts('operationsDraftMutation', 'operationsEventsSubscription');
  const after = await head();
  const arrived = new Promise((resolve, reject) => {
    const { dispose } = requestSubscription(environment, {
      subscription,
      variables: { after },
      onNext({ exchangeEvents: event }) {
        if (event.subject?.title !== 'Told to Relay') return;
        dispose();
        resolve(event);
      },
      onError: reject,
    });
  });
  const { practice, errors } = await new Promise((resolve, reject) => {
    const onCompleted = (response, failures) => (failures ? reject(new Error(JSON.stringify(failures))) : resolve(response.createPractice));
    commitMutation(environment, { mutation, variables: { input: draft('Told to Relay') }, onCompleted, onError: reject });
  });
  assert.deepEqual(errors, []);
  assert.equal(practice.state, 'DRAFT');
  const event = await arrived;
  assert.equal(event.type, 'PRACTICE_DRAFTED');
  assert.equal(event.subjectId, practice.id);
});
