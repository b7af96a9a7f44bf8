// An upload as browsers send it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { http, token, operations } from '../kit.js';

const asked = await operations();

test('a file reaches the mutation', async () => {
  const form = new FormData();
  form.append('operations', JSON.stringify({ query: asked.upload.document, variables: { file: null } }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', new Blob(['12345'], { type: 'text/plain' }), 'five.txt');
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/graphql-response+json' };
  const response = await fetch(http, { method: 'POST', headers, body: form });
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { data: asked.upload.data });
});
