// GraphiQL at the hub's own graph: queries by HTTP, subscriptions by WebSocket, both with the headers that are typed in (a token, say). These are
// forgotten with the page. `?query=` and `?variables=` open with what they say.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './main.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const FIRST = `# Ctrl+Space completes, Ctrl+Enter runs. A token goes into the headers below:
# { "Authorization": "Bearer hansa_…" }
{
  cities(first: 3) {
    nodes { name country { name } pairings(first: 2) { nodes { name } } }
  }
}
`;

const url = new URL('/graphql', location.href);
const fetcher = createGraphiQLFetcher({ url: url.href, subscriptionUrl: url.href.replace(/^http/, 'ws') });
const asked = new URLSearchParams(location.search);
const initial = { initialQuery: asked.get('query') ?? undefined, initialVariables: asked.get('variables') ?? undefined };
createRoot(document.getElementById('explorer')).render(createElement(GraphiQL, { fetcher, defaultQuery: FIRST, defaultEditorToolsVisibility: 'headers', ...initial }));
