import { Fragment, createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { dateInWords, lengthInWords } from './days.ts';
import { button, buttonLink, facts, form, list, swedish, whenLine } from './parts.ts';
import type { PatientTimes, PatientVisit, TaskToBook, UnitContact } from './times.ts';
import type { PatientWords } from './words.sv.ts';
import { wordsOf } from './words.ts';

/** What the page knows beside the times. */
export interface TimesPage extends PatientTimes {
  readonly session: { readonly csrfToken: string };
  /** Appointments for which an earlier time is wished. */
  readonly wished: ReadonlySet<string>;
  readonly nowMs: number;
}

/** The next time in large type, then the others, what to book, how to find there and whom to call. */
export function timesPage(page: TimesPage, language: PatientLanguage): ReactNode {
  const { name, visits, toBook, units } = page;
  const words = wordsOf(language);
  const [next, ...later] = visits;
  const isUntold = visits.some(({ told }) => told === null);
  return h(
    Fragment,
    null,
    name !== null && h('p', { className: 'quiet' }, name),
    next === undefined
      ? toBook.length === 0 && nothing(words)
      : h(Fragment, null, h('h1', null, words.times.next), visitCard(next, page, language, 'h2')),
    later.length > 0 && h('h2', null, words.times.later),
    ...later.map((visit) => h(Fragment, { key: visit.id }, visitCard(visit, page, language, 'h3'))),
    toBook.length > 0 && h(next === undefined ? 'h1' : 'h2', null, words.times.toBook),
    ...toBook.map((task) => h(Fragment, { key: task.taskId }, taskCard(task, page, language))),
    isUntold && h('p', null, words.times.untold),
    ...[...units].map(([id, unit]) => h(Fragment, { key: id }, contact(unit, words))),
    h('p', { className: 'quiet' }, words.times.urgent),
  );
}

function nothing({ times }: PatientWords): ReactNode {
  return h(Fragment, null, h('h1', null, times.none), h('p', { className: 'lead' }, times.noneHint));
}

/** Of what stands inside a card: one below the heading that the card stands under. */
type Heading = 'h2' | 'h3';

function visitCard(visit: PatientVisit, page: TimesPage, language: PatientLanguage, heading: Heading): ReactNode {
  const { times: words } = wordsOf(language);
  const { startsAt, endsAt, told, type } = visit;
  const minutes = Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);
  const unit = page.units.get(visit.unitId);
  return h(
    'section',
    { className: 'card' },
    whenLine(startsAt, language, page.nowMs),
    facts(
      [words.what, swedish(told?.what ?? null)],
      [words.meets, told?.meets],
      [words.place, told && placeOf(type, unit, words)],
      [words.length, lengthInWords(minutes, language)],
    ),
    before(told?.preparations ?? [], words, heading),
    visit.isChangeable ? visitActions(visit, page, words) : h('p', null, words.under),
  );
}

function visitActions(
  { id, isMovable }: PatientVisit,
  { session, wished }: TimesPage,
  words: PatientWords['times'],
): ReactNode {
  const at = `/min-tid/bokningar/${id}`;
  const isWished = wished.has(id);
  return h(
    'div',
    { className: 'screen' },
    h(
      'p',
      { className: 'actions' },
      isMovable && buttonLink(`${at}/andra`, words.move, 'main'),
      buttonLink(`${at}/avboka`, words.cancel),
    ),
    !isMovable && h('p', { className: 'hint' }, words.callToMove),
    isWished && h('p', { className: 'hint' }, words.earlierAsked),
    h(
      'div',
      { className: 'links' },
      h('a', { href: `${at}/tid.ics` }, words.calendar),
      form(
        `${at}/tidigare${isWished ? '/nej' : ''}`,
        session,
        button(isWished ? words.earlierStop : words.earlier, 'plain'),
      ),
    ),
  );
}

function taskCard(
  { taskId, what, latestDay, preparations }: TaskToBook,
  { nowMs }: TimesPage,
  language: PatientLanguage,
): ReactNode {
  const { times: words } = wordsOf(language);
  return h(
    'section',
    { className: 'card' },
    h('p', { className: 'when' }, words.toBookBy(dateInWords(latestDay, language, nowMs))),
    facts([words.what, swedish(what)]),
    before(preparations, words, 'h3'),
    h('p', { className: 'actions screen' }, buttonLink(`/min-tid/boka/${taskId}`, words.choose, 'main')),
  );
}

function before(preparations: readonly string[], words: PatientWords['times'], heading: Heading): ReactNode {
  if (preparations.length === 0) return null;
  // In the clinic's own words, whatever language the page speaks.
  return h('div', null, h(heading, null, words.before), h('div', { lang: 'sv' }, list(preparations)));
}

/** Where the patient and the clinic meet. */
function placeOf(type: PatientVisit['type'], unit: UnitContact | undefined, words: PatientWords['times']): string {
  switch (type) {
    case 'telefon':
      return words.phone;
    case 'video':
      return words.video;
    case 'hembesok':
      return words.home;
    default:
      return [unit?.name, ...(unit?.addressLines ?? [])].filter(Boolean).join(', ');
  }
}

function contact(unit: UnitContact, { times: words }: PatientWords): ReactNode {
  const { name, phone, phoneHours, addressLines, directions } = unit;
  return h(
    'section',
    { className: 'card' },
    addressLines.length + (directions ?? '').length > 0 &&
      h(
        'div',
        null,
        h('h2', null, words.find),
        facts([words.address, [name, ...addressLines].join(', ')], [words.directions, swedish(directions)]),
      ),
    h('h2', null, words.contact),
    facts([words.call, phone && phoneLink(phone)], [words.hours, swedish(phoneHours)]),
  );
}

export function phoneLink(phone: string): ReactNode {
  return h('a', { href: `tel:${phone.replaceAll(/[^\d+]/g, '')}` }, phone);
}
