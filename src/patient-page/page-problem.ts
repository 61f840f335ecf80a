import { Fragment, createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { buttonLink } from './parts.ts';
import type { PatientProblem } from './words.sv.ts';
import { wordsOf } from './words.ts';

export interface ProblemPage {
  readonly problem: PatientProblem;
  /** When another try is looked at. */
  readonly retryAfterSeconds?: number | undefined;
  /** Where the patient can go on, and in which words; the start when absent. */
  readonly next?: { readonly href: string; readonly text: string } | undefined;
}

/** What went wrong, in clear words, that nothing was changed, and what to do now. */
export function problemPage({ problem, retryAfterSeconds, next }: ProblemPage, language: PatientLanguage): ReactNode {
  const words = wordsOf(language);
  return h(
    Fragment,
    null,
    problemWords({ problem, retryAfterSeconds }, language, 'h1'),
    h('p', { className: 'actions' }, buttonLink(next?.href ?? '/min-tid', next?.text ?? words.toStart, 'main')),
  );
}

/** The words alone, above a page that goes on. */
export function problemWords(
  { problem, retryAfterSeconds }: Omit<ProblemPage, 'next'>,
  language: PatientLanguage,
  heading: 'h1' | 'h2' = 'h2',
): ReactNode {
  const words = wordsOf(language);
  const [title, what] = words.problems[problem];
  return h(
    'div',
    { className: 'problem', role: 'alert' },
    h(heading, null, title),
    h('p', null, what),
    retryAfterSeconds !== undefined && h('p', null, words.minutesLeft(Math.max(1, Math.ceil(retryAfterSeconds / 60)))),
  );
}
