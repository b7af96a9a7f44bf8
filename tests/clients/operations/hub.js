// The operations of the real graph, filled with the demonstration content.
import { ask, city, start } from '../graph/kit.js';

const { city: known, exchangeEvents } = await ask(
  `query ($start: String!) {
    city(slug: "${city.slug}") { name }
    exchangeEvents(first: 3, after: $start) { nodes { cursor } }
  }`,
  { start },
);

const from = (start) => `subscription { exchangeEvents(after: "${start}") { ... on ExchangeEvent { cursor } } }`;

export default {
  query: { document: `{ city(slug: "${city.slug}") { name } }`, data: { city: known } },
  viewer: { document: '{ viewer { cities { slug } } }', data: { viewer: { cities: [{ slug: city.slug }] } } },
  mutation: {
    document: `mutation { createPractice(input: { city: "${city.id}", language: "en", title: "Rain gardens", summary: "Streets that drink." }) {
      practice { state city { slug } } errors { code } } }`,
    data: { createPractice: { practice: { state: 'DRAFT', city: { slug: city.slug } }, errors: [] } },
  },
  // The log goes on for ever: this is how it begins.
  events: { document: from(start), data: exchangeEvents.nodes.map((event) => ({ exchangeEvents: event })), most: 3 },
  endless: { document: from(start) },
  invalid: { document: '{ nothing }' },
  upload: {
    document: `mutation ($file: Upload!) { uploadDocument(input: { file: $file, about: "${city.id}", title: "Five characters" }) {
      document { mediaType size } errors { code } } }`,
    data: { uploadDocument: { document: { mediaType: 'text/plain', size: 5 }, errors: [] } },
  },
};
