import { Fragment, createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { linesOfAddress } from '../letters/address.ts';
import { dateInWords, timeInWords } from '../patient-page/days.ts';
import { phoneLink } from '../patient-page/page-times.ts';
import { buttonLink, facts, list } from '../patient-page/parts.ts';
import type { NamedContact } from '../storage/repositories/named-contacts.ts';
import type { VisitAhead } from '../storage/repositories/patient-visits.ts';
import { offersCard } from './offers-card.ts';
import { stepInWords } from './step-words.ts';
import type { ListedLetter, PatientPlan } from './view.ts';
import { whoseForm } from './whose-form.ts';
import { type PlanWords, planWords } from './words.ts';

export interface PlanPage extends PatientPlan {
  readonly session: { readonly csrfToken: string };
  readonly nowMs: number;
}

/** The plan of somebody who is signed in: agreed times, what is planned, whom to turn to, letters. */
export function planPage(page: PlanPage, language: PatientLanguage): ReactNode {
  const words = planWords(language);
  return h(
    Fragment,
    null,
    whoseForm(page, language),
    h('h1', null, words.heading),
    h('p', { className: 'quiet' }, page.name),
    offersCard(page, language),
    section(words.agreed, agreedTimes(page, language)),
    section(words.steps, plannedSteps(page, language)),
    section(words.contacts, contacts(page.contacts, words)),
    section(words.letters, letters(page, language)),
  );
}

/** From the page with the times to the plan. */
export function planLink(language: PatientLanguage): ReactNode {
  return h('p', { className: 'actions screen' }, buttonLink('/min-tid/plan', planWords(language).toPlan));
}

function section(heading: string, ...content: readonly ReactNode[]): ReactNode {
  return h('section', { className: 'card' }, h('h2', null, heading), ...content);
}

function agreedTimes({ visits, units, nowMs }: PlanPage, language: PatientLanguage): ReactNode {
  const words = planWords(language);
  if (visits.length === 0) return h('p', null, words.noneAgreed);
  return h(
    Fragment,
    null,
    ...visits.map((visit) => h(Fragment, { key: visit.id }, agreedTime(visit, { units, nowMs }, language))),
    h('p', { className: 'actions' }, buttonLink('/min-tid', words.toTimes)),
  );
}

function agreedTime(
  { startsAt, unitId, type, visitTypeName, performerName }: VisitAhead,
  { units, nowMs }: Pick<PlanPage, 'units' | 'nowMs'>,
  language: PatientLanguage,
): ReactNode {
  const words = planWords(language);
  const unit = units.get(unitId);
  // Where somebody calls or comes, the clinic's address is no place to go to.
  const isAtClinic = type !== 'telefon' && type !== 'video' && type !== 'hembesok';
  const place = [unit?.name, ...(isAtClinic ? linesOfAddress(unit?.address ?? null) : [])].filter(Boolean).join(', ');
  return h(
    Fragment,
    null,
    h(
      'h3',
      { className: 'day' },
      h('time', { dateTime: startsAt.toISOString() }, timeInWords(startsAt, language, nowMs)),
    ),
    facts([words.what, h('span', { lang: 'sv' }, visitTypeName)], [words.meets, performerName], [words.place, place]),
  );
}

function plannedSteps({ lines, nowMs }: PlanPage, language: PatientLanguage): ReactNode {
  const words = planWords(language);
  if (lines.length === 0) return h('p', null, words.noSteps);
  return h(
    Fragment,
    null,
    h('p', { className: 'hint' }, words.stepsHint),
    ...lines.map(({ chainId, unitName, steps }) =>
      h(
        'div',
        { key: chainId },
        h('h3', null, unitName),
        h(
          'ol',
          { className: 'steps' },
          ...steps.map((step, at) => h('li', { key: at }, stepInWords(step, language, nowMs))),
        ),
      ),
    ),
  );
}

function contacts(named: readonly NamedContact[], words: PlanWords): ReactNode {
  if (named.length === 0) return h('p', null, words.noContact);
  return h(
    Fragment,
    null,
    h('p', { className: 'hint' }, words.contactsHint),
    ...named.map(({ id, givenName, familyName, unitName, phone, unitPhone }) => {
      const number = phone ?? unitPhone;
      return h(
        Fragment,
        { key: id },
        h('h3', null, `${givenName} ${familyName}`),
        facts([words.place, unitName], [words.phone, number && phoneLink(number)]),
      );
    }),
  );
}

function letters({ letters: all, nowMs }: PlanPage, language: PatientLanguage): ReactNode {
  const words = planWords(language);
  return all.length === 0 ? h('p', null, words.noLetters) : list(all.map((letter) => letterLink(letter)));

  function letterLink({ id, kind, state, createdAt }: ListedLetter): ReactNode {
    const name = `${words.letterKinds[kind]}, ${dateInWords(stockholmClockAt(createdAt.getTime()).date, language, nowMs)}`;
    return h(
      Fragment,
      null,
      h('a', { href: `/min-tid/brev/${id}` }, name),
      state !== 'read' && h('strong', null, ` (${words.unread})`),
      ' (',
      h('a', { href: `/min-tid/brev/${id}/brev.pdf`, 'aria-label': `${words.asPdf}: ${name}` }, words.asPdf),
      ')',
    );
  }
}
