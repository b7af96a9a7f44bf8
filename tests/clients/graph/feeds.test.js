// A calendar read as calendar programs read it: its times by its own tables of time zones are the instants that the graph tells.
import test from 'node:test';
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { http } from '../kit.js';
import { ask } from './kit.js';

test('the calendar and the graph mean the same instants', async () => {
  const response = await fetch(new URL('/feeds/programme/iuc-north-america.ics', http));
  assert.equal(response.headers.get('content-type'), 'text/calendar; charset=utf-8');
  const calendar = new ICAL.Component(ICAL.parse(await response.text()));
  const zones = calendar.getAllSubcomponents('vtimezone');
  assert.ok(zones.length > 1, 'seminars take place in several zones');
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  const { seminars } = await ask('{ seminars(first: 100) { nodes { id startsAt endsAt timeZone } } }');
  const told = new Map(seminars.nodes.map((seminar) => [seminar.id, seminar]));
  let compared = 0;
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component);
    const seminar = told.get(event.uid.split('@')[0]);
    if (!seminar) continue;
    assert.equal(event.startDate.toJSDate().getTime(), Date.parse(seminar.startsAt), `${seminar.id} in ${seminar.timeZone}`);
    if (seminar.endsAt) assert.equal(event.endDate.toJSDate().getTime(), Date.parse(seminar.endsAt), `${seminar.id} in ${seminar.timeZone}`);
    assert.ok(Number.isInteger(event.sequence));
    compared += 1;
  }
  assert.ok(compared > 5, `${compared} seminars say little`);
});
