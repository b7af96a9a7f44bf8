// GraphQL over HTTP: every audit of the reference implementation, with no error and no warning.
import test from 'node:test';
import assert from 'node:assert/strict';
import { serverAudits } from 'graphql-http';
import { http } from '../kit.js';

for (const audit of serverAudits({ url: http })) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    const body = result.response ? await result.response.clone().text().catch(() => '') : '';
    assert.notEqual(result.status, 'error', `${result.reason}\n${body}`);
    assert.notEqual(result.status, 'warn', `${result.reason}\n${body}`);
    if (result.status === 'notice') console.log(`notice ${audit.id}: ${result.reason}`);
  });
}
