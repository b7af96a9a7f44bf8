// The explorer: asks the hub by one request an operation, answers coming as server-sent events, so that a query and a
// subscription are run in the same way. Nothing is stored, no other host is asked; text is only ever set as text.
'use strict';

const at = (id) => document.getElementById(id);
const INTROSPECTION = `{ __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description
    fields(includeDeprecated: true) { name description isDeprecated deprecationReason args { name description defaultValue type { ...T } } type { ...T } }
    inputFields { name description defaultValue type { ...T } }
    enumValues(includeDeprecated: true) { name description }
    interfaces { name } possibleTypes { name } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`;

let running = null;

function headers(accept) {
  const token = at('token').value.trim();
  return { 'content-type': 'application/json', accept, ...(token && { authorization: `Bearer ${token}` }) };
}

function tell(text, isBad = false) {
  at('status').textContent = text;
  at('status').classList.toggle('bad', isBad);
}

// --- running

function readVariables() {
  const text = at('variables').value.trim();
  return text ? JSON.parse(text) : undefined;
}

async function run() {
  stop();
  let variables;
  try {
    variables = readVariables();
  } catch (error) {
    return tell(`The variables are not JSON: ${error.message}`, true);
  }
  const own = (running = new AbortController());
  at('stop').disabled = false;
  at('result').textContent = '';
  tell('Running…');
  const begun = performance.now();
  const body = JSON.stringify({ query: at('query').value, variables, operationName: at('operation').value || undefined });
  try {
    const response = await fetch('/graphql', { method: 'POST', headers: headers('text/event-stream'), body, signal: own.signal });
    const count = await hear(response);
    const took = Math.round(performance.now() - begun);
    tell(`${response.status} ${response.statusText} · ${count} ${count === 1 ? 'answer' : 'answers'} · ${took} ms · request ${response.headers.get('x-request-id')}`, !response.ok);
  } catch (error) {
    if (!own.signal.aborted) tell(`The hub did not answer: ${error.message}`, true);
  } finally {
    if (running === own) {
      running = null;
      at('stop').disabled = true;
    }
  }
}

/** Shows each answer as it comes; a stream shows the newest first. */
async function hear(response) {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    show(await response.json());
    return 1;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return count;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      if (!block.startsWith('event: next')) continue;
      count += 1;
      show(JSON.parse(block.slice(block.indexOf('data: ') + 6)));
      if (count > 1) tell(`${count} answers so far…`);
    }
  }
}

function show(answer) {
  const text = JSON.stringify(answer, null, 2);
  const before = at('result').textContent;
  at('result').textContent = before ? `${text}\n\n${before}`.slice(0, 500_000) : text;
}

function stop() {
  if (!running) return;
  running.abort();
  running = null;
  at('stop').disabled = true;
  tell('Stopped.');
}

/** Offers the names of the document's operations, if there are several. */
function listOperations() {
  const names = [...at('query').value.matchAll(/^\s*(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/gm)].map((match) => match[1]);
  const chosen = at('operation').value;
  const options = ['', ...(names.length > 1 ? names : [])].map((name) => new Option(name || 'the only one', name, false, name === chosen));
  at('operation').replaceChildren(...options);
}

// --- the schema

let types = new Map();

function make(tag, text, ...children) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function link(name, label = name) {
  const button = make('button', label);
  button.type = 'button';
  button.className = 'link';
  button.addEventListener('click', () => showType(name));
  return button;
}

/** A type as GraphQL writes it, its name a link. */
function written(type) {
  if (type.kind === 'NON_NULL') return make('span', '', written(type.ofType), '!');
  if (type.kind === 'LIST') return make('span', '', '[', written(type.ofType), ']');
  return link(type.name);
}

function described(item) {
  const term = make('dt', '', make('code', item.name));
  if (item.args?.length) term.append('(', ...item.args.flatMap((arg, index) => [index ? ', ' : '', `${arg.name}: `, written(arg.type)]), ')');
  if (item.type) term.append(': ', written(item.type));
  const notes = [make('dd', item.description ?? '')];
  if (item.isDeprecated) notes.push(make('dd', `Deprecated: ${item.deprecationReason ?? ''}`));
  for (const arg of item.args ?? []) if (arg.description) notes.push(make('dd', `${arg.name}: ${arg.description}`));
  return [term, ...notes];
}

function showType(name) {
  const type = types.get(name);
  if (!type) return;
  const items = type.fields ?? type.inputFields ?? type.enumValues ?? [];
  const parts = [make('h2', name), make('p', type.description ?? '')];
  for (const [title, others] of [['Implements', type.interfaces], ['One of', type.possibleTypes]]) {
    if (others?.length) parts.push(make('p', `${title}: `, ...others.flatMap((other, index) => [index ? ', ' : '', link(other.name)])));
  }
  parts.push(make('dl', '', ...items.flatMap(described)));
  at('docs').replaceChildren(...parts);
  at('back').hidden = false;
  at('docs').scrollTop = 0;
  at('docs').focus();
}

function showAll() {
  const wanted = at('filter').value.trim().toLowerCase();
  const lines = [];
  for (const type of types.values()) {
    if (type.name.startsWith('__')) continue;
    if (type.name.toLowerCase().includes(wanted)) lines.push(make('li', '', link(type.name)));
    if (!wanted) continue;
    for (const field of type.fields ?? type.inputFields ?? []) {
      if (field.name.toLowerCase().includes(wanted)) lines.push(make('li', '', link(type.name, `${type.name}.${field.name}`)));
    }
  }
  at('docs').replaceChildren(lines.length ? make('ul', '', ...lines.slice(0, 300)) : make('p', 'Nothing of that name.'));
  at('back').hidden = true;
}

async function readSchema() {
  try {
    const response = await fetch('/graphql', { method: 'POST', headers: headers('application/json'), body: JSON.stringify({ query: INTROSPECTION }) });
    const { data, errors } = await response.json();
    if (!data) throw new Error(errors[0].message);
    const roots = ['queryType', 'mutationType', 'subscriptionType'].map((root) => data.__schema[root]?.name).filter(Boolean);
    const rank = (type) => (roots.includes(type.name) ? roots.indexOf(type.name) : roots.length);
    const sorted = data.__schema.types.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
    types = new Map(sorted.map((type) => [type.name, type]));
    showAll();
  } catch (error) {
    at('docs').replaceChildren(make('p', `The schema could not be read: ${error.message}`));
  }
}

// --- the page

at('query').value = new URLSearchParams(location.search).get('query') ?? '{\n  __typename\n}\n';
at('variables').value = new URLSearchParams(location.search).get('variables') ?? '';
at('run').addEventListener('click', run);
at('stop').addEventListener('click', stop);
at('back').addEventListener('click', showAll);
at('filter').addEventListener('input', showAll);
at('query').addEventListener('input', listOperations);
at('who').addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === 'Escape') {
    stop();
  }
});
listOperations();
readSchema();
