// The real graphql-ws client.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { collect, socket, token, operations } from '../kit.js';

const asked = await operations();

function connect(options = {}) {
  return createClient({ url: socket, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
}

async function using(client, run) {
  try {
    await run(client);
  } finally {
    await client.dispose();
  }
}

test('queries', () => using(connect(), async (client) => {
  assert.deepEqual(await collect(client, { query: asked.query.document }), [{ data: asked.query.data }]);
}));

test('mutates as a member', () => using(connect({ connectionParams: { Authorization: `Bearer ${token}` } }), async (client) => {
  assert.deepEqual(await collect(client, { query: asked.viewer.document }), [{ data: asked.viewer.data }]);
  assert.deepEqual(await collect(client, { query: asked.mutation.document }), [{ data: asked.mutation.data }]);
}));

test('hears every event, and the end where there is one', () => using(connect(), async (client) => {
  const heard = await collect(client, { query: asked.events.document }, asked.events.most);
  assert.deepEqual(heard, asked.events.data.map((data) => ({ data })));
}));

test('iterates', () => using(connect(), async (client) => {
  const heard = [];
  for await (const message of client.iterate({ query: asked.events.document })) {
    heard.push(message.data);
    if (heard.length >= asked.events.most) break;
  }
  assert.deepEqual(heard, asked.events.data);
}));

test('stops a stream and goes on with the connection', () => using(connect({ lazy: false }), async (client) => {
  assert.equal((await collect(client, { query: asked.endless.document }, 1)).length, 1);
  assert.deepEqual(await collect(client, { query: asked.query.document }), [{ data: asked.query.data }]);
}));

test('many operations at once on one connection', () => using(connect({ lazy: false }), async (client) => {
  const all = await Promise.all(Array.from({ length: 20 }, () => collect(client, { query: asked.events.document }, asked.events.most)));
  for (const heard of all) assert.equal(heard.length, asked.events.data.length);
}));

test('is told of an invalid document as an error', () => using(connect(), async (client) => {
  await assert.rejects(collect(client, { query: asked.invalid.document }), (errors) => {
    assert.equal(errors[0].extensions.code, 'VALIDATION_FAILED');
    return true;
  });
}));

test('is turned away with a wrong token', () => using(connect({ connectionParams: { Authorization: 'Bearer wrong' } }), async (client) => {
  await assert.rejects(collect(client, { query: asked.query.document }), (event) => {
    assert.equal(event.code, 4403);
    return true;
  });
}));

test('keeps its own heartbeat', () => using(connect({ lazy: false, keepAlive: 50 }), async (client) => {
  const pong = new Promise((resolve) => client.on('pong', (received) => received && resolve()));
  await pong;
}));
