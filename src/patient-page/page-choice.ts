import { Fragment, createElement as h, type ReactNode } from 'react';
import { type ChosenVisit, chosenTimesAsWord, type PatientLanguage } from '../contracts/patient-page.ts';
import { clockInWords, dayInWords, timeInWords } from './days.ts';
import { phoneLink } from './page-times.ts';
import { button, buttonLink, facts, form, hidden, list, swedish, whenLine } from './parts.ts';
import type { UnitContact } from './times.ts';
import { wordsOf } from './words.ts';

/** A visit that moves or is booked together with the chosen one; `what` is null with a protected identity. */
export interface VisitAlong {
  readonly what: string | null;
  readonly startsAt: Date;
}

/** A time that can be had. */
export interface OfferedTime {
  /** It and what goes along with it, as the form carries them. */
  readonly chosen: readonly ChosenVisit[];
  /** Null with a protected identity. */
  readonly meets: string | null;
  readonly startsAt: Date;
  readonly along: readonly VisitAlong[];
}

export interface ChoicePage {
  /** Where the choice is made: /min-tid/bokningar/:id/andra or /min-tid/boka/:id. */
  readonly path: string;
  /** What it is now; null where nothing is booked yet. */
  readonly bookedAt: Date | null;
  readonly times: readonly OfferedTime[];
  readonly unit: UnitContact;
  readonly nowMs: number;
}

/** Free times by their days, each a link to where it is confirmed. */
export function choicePage({ path, bookedAt, times, unit, nowMs }: ChoicePage, language: PatientLanguage): ReactNode {
  const { choice: words, times: general, back } = wordsOf(language);
  const days = overDays(times, ({ startsAt }) => dayInWords(startsAt, language, nowMs));
  return h(
    Fragment,
    null,
    h('h1', null, bookedAt === null ? words.bookHeading : words.moveHeading),
    bookedAt !== null && facts([words.now, timeInWords(bookedAt, language, nowMs)]),
    times.length === 0 ? h('p', { className: 'lead' }, words.none) : h('p', { className: 'lead' }, words.lead),
    ...[...days].map(([day, ofDay]) =>
      h(
        'section',
        { key: day, className: 'card' },
        h('h2', null, day),
        h(
          'ul',
          { className: 'times' },
          ...ofDay.map((time) =>
            h('li', { key: chosenTimesAsWord(time.chosen) }, timeLink(path, time, language, nowMs)),
          ),
        ),
      ),
    ),
    times.length === 0 && h('p', null, words.noneHint),
    facts([general.call, unit.phone && phoneLink(unit.phone)], [general.hours, swedish(unit.phoneHours)]),
    h('p', { className: 'actions' }, buttonLink('/min-tid', back)),
  );
}

function timeLink(path: string, time: OfferedTime, language: PatientLanguage, nowMs: number): ReactNode {
  const { choice: words } = wordsOf(language);
  const { chosen, startsAt, meets, along } = time;
  const query = new URLSearchParams({ tider: chosenTimesAsWord(chosen) });
  return h(
    Fragment,
    null,
    h(
      'a',
      { className: 'button time', href: `${path}/bekrafta?${query}` },
      capital(clockInWords(startsAt, language)),
      meets !== null && h('span', null, meets),
    ),
    ...along.map((one) =>
      h('p', { key: one.startsAt.getTime(), className: 'hint' }, `${words.also} `, alongWords(one, language, nowMs)),
    ),
  );
}

export interface ConfirmPage {
  readonly path: string;
  /** What it is now; null where nothing is booked yet. */
  readonly bookedAt: Date | null;
  readonly time: OfferedTime;
  /** Of what is changed: another one has been changed meanwhile. */
  readonly version: number;
  readonly session: { readonly csrfToken: string };
  readonly nowMs: number;
}

/** The one question before a time is taken. */
export function confirmPage(page: ConfirmPage, language: PatientLanguage): ReactNode {
  const { path, bookedAt, time, version, session, nowMs } = page;
  const { choice: words, times: general } = wordsOf(language);
  const { chosen, meets, startsAt, along } = time;
  return h(
    Fragment,
    null,
    h('h1', null, bookedAt === null ? words.confirmBook : words.confirmMove),
    h(
      'section',
      { className: 'card' },
      whenLine(startsAt, language, nowMs),
      facts([general.meets, meets], [words.insteadOf, bookedAt && timeInWords(bookedAt, language, nowMs)]),
      alongList(words.along, along, language, nowMs),
      form(
        path,
        session,
        ...hidden({ version, tider: chosenTimesAsWord(chosen) }),
        h(
          'p',
          { className: 'actions' },
          button(bookedAt === null ? words.takeBook : words.takeMove),
          buttonLink(path, words.other),
        ),
      ),
    ),
  );
}

/** What hangs on a time, with its own. */
export function alongList(
  lead: string,
  along: readonly VisitAlong[],
  language: PatientLanguage,
  nowMs: number,
): ReactNode {
  if (along.length === 0) return null;
  return h('div', null, h('p', null, lead), list(along.map((one) => alongWords(one, language, nowMs))));
}

function alongWords({ what, startsAt }: VisitAlong, language: PatientLanguage, nowMs: number): ReactNode {
  const { choice: words } = wordsOf(language);
  const named = what === null ? words.otherVisit : swedish(what);
  return h(Fragment, null, named, `, ${timeInWords(startsAt, language, nowMs)}`);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Enough to choose from on a phone: on which day matters more than every half hour of one. */
const MOST_DAYS = 5;
const MOST_OF_A_DAY = 4;

/** Some days, those with the best times first found, in their order; of each some times, from morning to evening. */
function overDays(times: readonly OfferedTime[], dayOf: (time: OfferedTime) => string): [string, OfferedTime[]][] {
  const days = [...Map.groupBy(times, dayOf)].slice(0, MOST_DAYS);
  return days
    .map(([day, ofDay]): [string, OfferedTime[]] => [day, spread(inOrder(ofDay), MOST_OF_A_DAY)])
    .toSorted(([, [one]], [, [other]]) => one!.startsAt.getTime() - other!.startsAt.getTime());
}

function inOrder(times: readonly OfferedTime[]): OfferedTime[] {
  return times.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** The first, the last, and some evenly between them. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))]!);
}
