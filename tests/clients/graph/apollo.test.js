// Apollo Client: pages merged by its own relayStylePagination, a mutation, a subscription over graphql-ws.
import test from 'node:test';
import assert from 'node:assert/strict';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition, relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import { filter, firstValueFrom } from 'rxjs';
import WebSocket from 'ws';
import { http, socket } from '../kit.js';
import { ask, credentials, draft, head, listen, page, practices } from './kit.js';

const { __schema: schema } = await ask('{ __schema { types { name possibleTypes { name } } } }');
const possibleTypes = Object.fromEntries(
  schema.types.filter((type) => type.possibleTypes).map((type) => [type.name, type.possibleTypes.map((possible) => possible.name)]),
);

function connect(context, headers = {}) {
  listen(context);
  const live = createClient({ url: socket, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: headers });
  const isSubscription = ({ query }) => getMainDefinition(query).operation === 'subscription';
  const client = new ApolloClient({
    link: ApolloLink.split(isSubscription, new GraphQLWsLink(live), new HttpLink({ uri: http, headers })),
    cache: new InMemoryCache({ possibleTypes, typePolicies: { Query: { fields: { practices: relayStylePagination(['filter', 'orderBy']) } } } }),
  });
  context.after(async () => {
    client.stop();
    await live.dispose();
  });
  return client;
}

test('Apollo Client walks every page', async (context) => {
  const client = connect(context);
  const query = gql`
    query Walk($first: Int!, $after: String) {
      practices(first: $first, after: $after) { totalCount edges { cursor node { id slug title city { id name } } } pageInfo { endCursor hasNextPage } }
    }
  `;
  const walk = client.watchQuery({ query, variables: { first: page } });
  const subscription = walk.subscribe(() => {});
  let { data } = await firstValueFrom(walk.pipe(filter((result) => result.dataState === 'complete')));
  for (let pages = 1; data.practices.pageInfo.hasNextPage; pages += 1) {
    assert.ok(pages < practices.length, 'the walk goes on for ever');
    ({ data } = await walk.fetchMore({ variables: { after: data.practices.pageInfo.endCursor } }));
  }
  subscription.unsubscribe();
  const merged = client.readQuery({ query, variables: { first: page } }).practices;
  assert.deepEqual(merged.edges.map((edge) => edge.node.slug), practices);
  assert.equal(merged.totalCount, practices.length);
});

test('Apollo Client drafts a practice and hears of it', async (context) => {
  const client = connect(context, credentials);
  const after = await head();
  const heard = [];
  const events = client.subscribe({
    query: gql`
      subscription Events($after: String) {
        exchangeEvents(after: $after) {
          __typename
          ... on ExchangeEvent { id type cursor subjectId subject { __typename id ... on Practice { title } } }
          ... on FeedGap { after upto }
        }
      }
    `,
    variables: { after },
  });
  const arrived = new Promise((resolve, reject) => {
    const subscription = events.subscribe({
      next({ data, error }) {
        if (error) return reject(error);
        heard.push(data.exchangeEvents);
        if (data.exchangeEvents.subject?.title === 'Told to Apollo') {
          subscription.unsubscribe();
          resolve(data.exchangeEvents);
        }
      },
      error: reject,
      complete: () => reject(new Error('the stream ended')),
    });
  });
  const { data } = await client.mutate({
    mutation: gql`
      mutation Draft($input: CreatePracticeInput!) {
        createPractice(input: $input) { practice { id version title state } errors { code message path } position }
      }
    `,
    variables: { input: draft('Told to Apollo') },
  });
  const { practice, errors } = data.createPractice;
  assert.deepEqual(errors, []);
  assert.equal(practice.state, 'DRAFT');
  const event = await arrived;
  assert.equal(event.type, 'PRACTICE_DRAFTED');
  assert.equal(event.subjectId, practice.id);
  assert.equal(client.cache.extract()[`Practice:${practice.id}`].title, 'Told to Apollo');
});
