import { Fragment, createElement as h, type ReactNode } from 'react';
import { MAX_CANCEL_CHARACTERS, PATIENT_CANCEL_REASONS, type PatientLanguage } from '../contracts/patient-page.ts';
import { alongList, type VisitAlong } from './page-choice.ts';
import { button, buttonLink, choiceField, form, hidden, whenLine } from './parts.ts';
import { wordsOf } from './words.ts';

export interface CancelPage {
  readonly path: string;
  readonly startsAt: Date;
  /** What is cancelled with it. */
  readonly along: readonly VisitAlong[];
  readonly version: number;
  readonly session: { readonly csrfToken: string };
  readonly nowMs: number;
}

export function cancelPage(page: CancelPage, language: PatientLanguage): ReactNode {
  const { path, startsAt, along, version, session, nowMs } = page;
  const { cancelling: words } = wordsOf(language);
  return h(
    Fragment,
    null,
    h('h1', null, words.heading),
    whenLine(startsAt, language, nowMs),
    alongList(words.along, along, language, nowMs),
    h(
      'div',
      { className: 'card' },
      form(
        path,
        session,
        ...hidden({ version }),
        choiceField(
          'orsak',
          words.reason,
          PATIENT_CANCEL_REASONS.map((reason) => [reason, words.reasons[reason]]),
        ),
        choiceField('ny_tid', words.again, [
          ['ja', words.againYes],
          ['nej', words.againNo],
        ]),
        h(
          'p',
          { className: 'field' },
          h('label', { htmlFor: 'text' }, words.text),
          h('span', { className: 'hint', id: 'text-hint' }, words.textHint),
          h('textarea', {
            id: 'text',
            name: 'text',
            rows: 3,
            maxLength: MAX_CANCEL_CHARACTERS,
            'aria-describedby': 'text-hint',
          }),
        ),
        h('p', { className: 'actions' }, button(words.submit, 'warning'), buttonLink('/min-tid', words.keep)),
      ),
    ),
  );
}
