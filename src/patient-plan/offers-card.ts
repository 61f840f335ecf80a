import { Fragment, createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { timeInWords } from '../patient-page/days.ts';
import { facts, form } from '../patient-page/parts.ts';
import type { NamedOffer } from '../storage/repositories/offers.ts';
import { planWords } from './words.ts';

export interface OffersPage {
  /** A row a visit. */
  readonly offers: readonly NamedOffer[];
  readonly session: { readonly csrfToken: string };
  readonly nowMs: number;
}

/** Times that are held for the patient, each to be taken or left: first on the page, as they do not wait long. */
export function offersCard({ offers, session, nowMs }: OffersPage, language: PatientLanguage): ReactNode {
  const { offer: words, ...common } = planWords(language);
  return h(
    Fragment,
    null,
    ...[...Map.groupBy(offers, ({ id }) => id)].map(([id, visits]) =>
      h(
        'section',
        { key: id, className: 'card', 'aria-labelledby': `erbjudande-${id}` },
        h('h2', { id: `erbjudande-${id}` }, words.heading),
        h('p', null, words.lead),
        ...visits.map(({ appointmentId, startsAt, insteadOf, visitTypeName, performerName, performerKind }) =>
          h(
            'div',
            { key: appointmentId },
            h('h3', { lang: 'sv' }, visitTypeName),
            facts(
              [words.time, timeInWords(startsAt, language, nowMs)],
              [words.insteadOf, timeInWords(insteadOf, language, nowMs)],
              [common.meets, performerKind === 'person' ? performerName : null],
            ),
          ),
        ),
        h('p', { className: 'hint' }, words.until(timeInWords(visits[0]!.expiresAt, language, nowMs))),
        form(
          `/min-tid/erbjudande/${id}`,
          session,
          h(
            'p',
            { className: 'actions' },
            h('button', { type: 'submit', className: 'button main', name: 'svar', value: 'ja' }, words.accept),
            h('button', { type: 'submit', className: 'button', name: 'svar', value: 'nej' }, words.decline),
          ),
        ),
      ),
    ),
  );
}
