// graphql-codegen's client preset and strict TypeScript: generated, checked, compiled, run.
import test from 'node:test';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { http, socket, token } from '../../kit.js';
import { draft, head, page, practices, run } from '../kit.js';

const here = new URL('.', import.meta.url);
const compiled = () => import(new URL('build/walk.js', here));

test('the code generator and strict TypeScript take the schema without a complaint', () => {
  for (const folder of ['__generated__/', 'build/']) rmSync(new URL(folder, here), { recursive: true, force: true });
  assert.doesNotMatch(run('graphql-codegen', ['--config', 'codegen.yml'], here), /warn|error/i);
  assert.equal(run('tsc', ['--project', 'tsconfig.json'], here), '');
});

test('typed code walks every page', async () => {
  const { walk } = await compiled();
  assert.deepEqual(await walk({ http, socket }, page), { slugs: practices, totalCount: practices.length });
});

test('typed code drafts a practice and hears of it', async () => {
  const hub = { http, socket, token };
  const compiledWalk = await compiled();
  const after = await head();
  const { id, state } = await compiledWalk.draft(hub, draft('Told to TypeScript'));
  assert.equal(state, 'DRAFT');
  assert.equal(await compiledWalk.hear(hub, after, id), 'PRACTICE_DRAFTED');
});
