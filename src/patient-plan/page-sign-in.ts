import { Fragment, createElement as h, type ReactNode } from 'react';
import { type LoginProblem, PATIENT_OPENID_PATHS } from '../contracts/openid.ts';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { buttonLink } from '../patient-page/parts.ts';
import { planWords } from './words.ts';

/** Between the provider and the own page, which the browser goes on to by itself. */
export function signedInPage(language: PatientLanguage): ReactNode {
  const { signIn: words } = planWords(language);
  return h(
    Fragment,
    null,
    h('h1', null, words.going),
    h('p', { className: 'actions' }, buttonLink('/min-tid', words.goOn, 'main')),
  );
}

/** Nobody was signed in: why, and what one can do. Who is not known here is told no more than that. */
export function notSignedInPage(problem: LoginProblem, language: PatientLanguage): ReactNode {
  const { signIn: words } = planWords(language);
  const [heading, what] = words.problems[problem];
  return h(
    Fragment,
    null,
    h('h1', null, heading),
    h('p', { className: 'lead', role: 'alert' }, what),
    h(
      'p',
      { className: 'actions' },
      problem !== 'unknown' && buttonLink(PATIENT_OPENID_PATHS.begin, words.again, 'main'),
      buttonLink('/min-tid', words.byCode),
    ),
  );
}
