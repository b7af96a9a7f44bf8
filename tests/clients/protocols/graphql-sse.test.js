// The real graphql-sse client, distinct connections.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { collect, http, token, operations } from '../kit.js';

const asked = await operations();

const connect = (options = {}) => createClient({ url: http, singleConnection: false, retryAttempts: 0, ...options });

test('queries and mutates', async () => {
  const client = connect({ headers: { Authorization: `Bearer ${token}` } });
  assert.deepEqual(await collect(client, { query: asked.query.document }), [{ data: asked.query.data }]);
  assert.deepEqual(await collect(client, { query: asked.viewer.document }), [{ data: asked.viewer.data }]);
  assert.deepEqual(await collect(client, { query: asked.mutation.document }), [{ data: asked.mutation.data }]);
});

test('hears every event, and the end where there is one', async () => {
  const heard = await collect(connect(), { query: asked.events.document }, asked.events.most);
  assert.deepEqual(heard, asked.events.data.map((data) => ({ data })));
});

test('stops a stream', async () => {
  assert.equal((await collect(connect(), { query: asked.endless.document }, 1)).length, 1);
});

test('is told of an invalid document', async () => {
  const [message] = await collect(connect(), { query: asked.invalid.document });
  assert.equal(message.errors[0].extensions.code, 'VALIDATION_FAILED');
});

test('is turned away with a wrong token', async () => {
  const client = connect({ headers: { Authorization: 'Bearer wrong' } });
  await assert.rejects(collect(client, { query: asked.query.document }));
});
