// The explorer in a real browser: it completes a field, runs a query with a token, and runs a subscription, and asks no other host for anything.
import test from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { http, token } from '../kit.js';

const BROWSERS = [process.env.HANSA_TEST_BROWSER, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const browserPath = BROWSERS.find((path) => path && existsSync(path));
const explorer = new URL('/graphiql', http).href;
const isBuilt = (await (await fetch(explorer)).text()).includes('type="module"');
// Whoever names one insists, as the gate does.
const why = !browserPath ? 'there is no Chromium: install one, or name it in HANSA_TEST_BROWSER' : !isBuilt && 'GraphiQL was not built into this hub';
if (why && process.env.HANSA_TEST_BROWSER) throw new Error(why);

const PATIENCE = { timeout: 60_000 };

test('the explorer', { skip: why }, async (context) => {
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  context.after(() => browser.close());
  const page = await (await browser.newContext()).newPage();
  const strangers = [];
  const complaints = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (['http:', 'https:'].includes(protocol) && origin !== new URL(http).origin) strangers.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));

  const open = async (query) => {
    await page.goto(`${explorer}?query=${encodeURIComponent(query)}`);
    await page.locator('.graphiql-query-editor .monaco-editor').first().waitFor(PATIENCE);
  };
  const answer = (pattern) => page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.graphiql-response')?.innerText.replaceAll('\u00a0', ' ') ?? ''), pattern.source, PATIENCE);
  const run = () => page.locator('.graphiql-execute-button').click();

  await context.test('completes a field', async () => {
    await open('{\n  \n}');
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    // The schema is read by then: the documentation has its roots.
    const suggestion = page.locator('.suggest-widget .monaco-list-row', { hasText: 'programmes' });
    for (let tries = 0; tries < 30 && !(await suggestion.first().isVisible()); tries += 1) {
      await page.keyboard.type('programm');
      await page.keyboard.press('Control+Space');
      await suggestion.first().waitFor({ timeout: 2_000 }).catch(async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Backspace');
      });
    }
    await suggestion.first().click();
    await page.waitForFunction(() => /programmes/.test(document.querySelector('.graphiql-query-editor .view-lines').innerText), undefined, PATIENCE);
  });

  await context.test('runs a query with a token', async () => {
    await open('{ viewer { person { name } } }');
    await run();
    await answer(/"person": null/);
    // The headers' editor is open from the start.
    await page.locator('.graphiql-editor-tool .monaco-editor').last().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(JSON.stringify({ Authorization: `Bearer ${token}` }));
    await run();
    await answer(/"name": "[^"]+"/);
  });

  await context.test('runs a subscription', async () => {
    await open('subscription { exchangeEvents(after: "0") { ... on ExchangeEvent { cursor type } } }');
    await run();
    await answer(/"type": "[A-Z_]+"/);
  });

  assert.deepEqual(strangers, [], 'no other host is asked');
  assert.deepEqual(complaints, [], 'the policy lets everything in that the page needs');
});
