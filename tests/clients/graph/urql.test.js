// urql with its normalised cache and the schema: pages merged by its own relayPagination, a mutation, a subscription by server-sent events.
// The events are read by graphql-sse: urql's own reader throws the end of a stream that it stopped itself where nobody can catch it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-sse';
import { http } from '../kit.js';
import { ask, credentials, draft, head, listen, page, practices } from './kit.js';

const schema = await ask(getIntrospectionQuery({ descriptions: false }));

function connect(context, headers = {}) {
  listen(context);
  const cache = cacheExchange({
    schema,
    keys: { CreatePracticePayload: () => null, UserError: () => null, FeedGap: () => null },
    resolvers: { Query: { practices: relayPagination() } },
  });
  const live = createClient({ url: http, headers, retryAttempts: 0 });
  context.after(() => live.dispose());
  const events = subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({ subscribe: (sink) => ({ unsubscribe: live.subscribe({ query, variables }, sink) }) }),
  });
  return new Client({ url: http, fetchOptions: { headers }, exchanges: [cache, events, fetchExchange] });
}

/** The data of an answer without an error. */
function data(result) {
  assert.equal(result.error, undefined, result.error?.message);
  return result.data;
}

test('urql walks every page', async (context) => {
  const client = connect(context);
  const walk = gql`
    query Walk($first: Int!, $after: String) {
      practices(first: $first, after: $after) { totalCount edges { cursor node { id slug title city { id name } } } pageInfo { endCursor hasNextPage hasPreviousPage startCursor } }
    }
  `;
  let found = data(await client.query(walk, { first: page })).practices;
  while (found.pageInfo.hasNextPage) {
    found = data(await client.query(walk, { first: page, after: found.pageInfo.endCursor })).practices;
  }
  assert.deepEqual(found.edges.map((edge) => edge.node.slug), practices);
  assert.equal(found.totalCount, practices.length);
});

test('urql drafts a practice and hears of it', async (context) => {
  const client = connect(context, credentials);
  const after = await head();
  const events = client.subscription(
    gql`
      subscription Events($after: String) {
        exchangeEvents(after: $after) {
          __typename
          ... on ExchangeEvent { id type cursor subjectId subject { __typename id ... on Practice { title } } }
          ... on FeedGap { after upto }
        }
      }
    `,
    { after },
  );
  const arrived = new Promise((resolve, reject) => {
    const { unsubscribe } = events.subscribe((result) => {
      if (result.error) return reject(result.error);
      if (result.data.exchangeEvents.subject?.title === 'Told to urql') {
        unsubscribe();
        resolve(result.data.exchangeEvents);
      }
    });
  });
  const { practice, errors } = data(
    await client.mutation(
      gql`
        mutation Draft($input: CreatePracticeInput!) {
          createPractice(input: $input) { practice { id version title state } errors { code message path } position }
        }
      `,
      { input: draft('Told to urql') },
    ),
  ).createPractice;
  assert.deepEqual(errors, []);
  assert.equal(practice.state, 'DRAFT');
  const event = await arrived;
  assert.equal(event.type, 'PRACTICE_DRAFTED');
  assert.equal(event.subjectId, practice.id);
});
