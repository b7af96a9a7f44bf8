// A front end in strict TypeScript: every operation's result and variables are typed by what the code generator made.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { graphql } from './__generated__/gql.js';
import { useFragment as unmask, type FragmentType } from './__generated__/fragment-masking.js';
import type { CreatePracticeInput, PracticeState, TypedDocumentString, WalkQuery } from './__generated__/graphql.js';

const Card = graphql(`
  fragment Card on Practice {
    id
    slug
    title
    state
    publishedOn
    city { name country { code name } }
    themes { name }
  }
`);

const Walk = graphql(`
  query Walk($first: Int!, $after: String) {
    practices(first: $first, after: $after, orderBy: NEWEST) {
      totalCount
      edges { cursor node { ...Card } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

const Draft = graphql(`
  mutation Draft($input: CreatePracticeInput!) {
    createPractice(input: $input) {
      practice { ...Card }
      errors { code message path }
      position
    }
  }
`);

const Events = graphql(`
  subscription Events($after: String) {
    exchangeEvents(after: $after) {
      __typename
      ... on ExchangeEvent { type cursor occurredAt subject { __typename id ... on Practice { ...Card } ... on City { name } } }
      ... on FeedGap { after upto }
    }
  }
`);

export interface Hub {
  http: string;
  socket: string;
  token?: string;
}

const headers = (hub: Hub): Record<string, string> => (hub.token === undefined ? {} : { Authorization: `Bearer ${hub.token}` });

async function ask<Result, Variables>(hub: Hub, document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
  const response = await fetch(hub.http, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers(hub) },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Result; errors?: { message: string }[] };
  if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

const slug = (card: FragmentType<typeof Card>): string => unmask(Card, card).slug;

/** The slugs of all practices, page by page. */
export async function walk(hub: Hub, first: number): Promise<{ slugs: string[]; totalCount: number }> {
  const slugs: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { practices }: WalkQuery = await ask(hub, Walk, { first, after });
    slugs.push(...practices.edges.map((edge) => slug(edge.node)));
    if (!practices.pageInfo.hasNextPage) return { slugs, totalCount: practices.totalCount };
    after = practices.pageInfo.endCursor ?? null;
  }
}

/** Drafts a practice. */
export async function draft(hub: Hub, input: CreatePracticeInput): Promise<{ id: string; state: PracticeState }> {
  const { createPractice } = await ask(hub, Draft, { input });
  const practice = unmask(Card, createPractice.practice);
  if (!practice) throw new Error(createPractice.errors.map((error) => `${error.code} ${error.path.join('.')} ${error.message}`).join('\n'));
  return { id: practice.id, state: practice.state };
}

/** Listens behind a cursor until a practice of this id is told of; answers what happened to it. */
export async function hear(hub: Hub, after: string, id: string): Promise<string> {
  const client = createClient({ url: hub.socket, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: headers(hub) });
  try {
    type Told = typeof Events extends TypedDocumentString<infer Result, infer _> ? Result : never;
    for await (const { data } of client.iterate<Told>({ query: Events.toString(), variables: { after } })) {
      const event = data?.exchangeEvents;
      if (event?.__typename !== 'ExchangeEvent') continue;
      if (event.subject?.__typename === 'Practice' && unmask(Card, event.subject).id === id) return event.type;
    }
    throw new Error('the stream ended');
  } finally {
    await client.dispose();
  }
}
