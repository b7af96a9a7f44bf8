// A receiver as its author writes one: what the hub sends is verified by the reference library of Standard Webhooks.
import test from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { token } from '../kit.js';
import { ask } from './kit.js';

/** A server that keeps what it is sent and answers 204; by TLS where a certificate of `tls/` is named. */
async function receiver(context, certificate) {
  const came = [];
  const keep = async (request, response) => {
    const pieces = await request.toArray();
    came.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
    response.writeHead(204).end();
    server.emit('came');
  };
  const pem = (ending) => readFileSync(new URL(`tls/${certificate}.${ending}`, import.meta.url));
  const server = certificate ? createSecureServer({ key: pem('key'), cert: pem('pem') }, keep) : createServer(keep);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${server.address().port}/hook`;
  return { server, url, came, next: () => once(server, 'came') };
}

/** A webhook that leads there, with its secret; it goes with the test. */
async function webhook(context, url, query) {
  const input = { url, query };
  const { createWebhook } = await ask(
    'mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret errors { message } } }',
    { input },
    token,
  );
  assert.deepEqual(createWebhook.errors, []);
  const { webhook: { id }, secret } = createWebhook;
  context.after(() => ask('mutation($id: ID!) { deleteWebhook(input: { id: $id }) { deletedId } }', { id }, token));
  return { id, secret };
}

const send = (id) => ask('mutation($id: ID!) { sendTestWebhook(input: { id: $id }) { errors { message } } }', { id }, token);

test('what is sent is signed as Standard Webhooks says, and nothing else passes', async (context) => {
  const { url, came, next } = await receiver(context);
  const query = 'query($type: ExchangeEventType!) { exchangeEvents(filter: { types: [$type] }, first: 1) { totalCount } }';
  const { id, secret } = await webhook(context, url, query);
  const arrives = next();
  await send(id);
  await arrives;
  const { headers, body } = came[0];
  const told = new Webhook(secret).verify(body, headers);
  assert.equal(told.type, 'WEBHOOK_TESTED');
  assert.ok(told.data.exchangeEvents, 'the payload is the answer to the webhook’s own query');
  assert.ok(headers['webhook-id'].startsWith(id));
  assert.throws(() => new Webhook(secret).verify(`${body} `, headers), WebhookVerificationError);
  assert.throws(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'another' }), WebhookVerificationError);
  assert.throws(() => new Webhook('whsec_' + btoa('another secret')).verify(body, headers), WebhookVerificationError);
});

test('what is sent by https goes to whom the machine trusts, and to nobody else', async (context) => {
  const trusted = await receiver(context, 'trusted');
  const friend = await webhook(context, trusted.url);
  const arrives = trusted.next();
  await send(friend.id);
  await arrives;
  new Webhook(friend.secret).verify(trusted.came[0].body, trusted.came[0].headers);

  const stranger = await receiver(context, 'stranger');
  const { id } = await webhook(context, stranger.url);
  const refuses = once(stranger.server, 'tlsClientError');
  await send(id);
  await refuses;
  const look = 'query($id: ID!) { webhook(id: $id) { deliveries(first: 1) { nodes { state attempts lastError } } } }';
  let delivery;
  do {
    [delivery] = (await ask(look, { id }, token)).webhook.deliveries.nodes;
  } while (!delivery?.attempts);
  assert.equal(delivery.state, 'WAITING');
  assert.match(delivery.lastError, /certificate/i);
  assert.deepEqual(stranger.came, []);
});
