import { Fragment, createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { button, buttonLink, textField } from './parts.ts';
import { wordsOf } from './words.ts';

export interface CodePage {
  /** Of the address that the letter gave, or as it was typed. */
  readonly code: string;
  readonly hasSignIn: boolean;
}

/** The way in by a letter: its code and the birth date. */
export function codePage({ code, hasSignIn }: CodePage, language: PatientLanguage): ReactNode {
  const { code: words, times } = wordsOf(language);
  return h(
    Fragment,
    null,
    h('h1', null, words.heading),
    h('p', { className: 'lead' }, words.lead),
    h(
      'form',
      { method: 'post', action: '/min-tid/in', className: 'card' },
      textField({
        name: 'kod',
        label: words.code,
        hint: words.codeHint,
        value: code,
        maxLength: 30,
        autoComplete: 'off',
      }),
      textField({
        name: 'fodelsedatum',
        label: words.birthDate,
        hint: words.birthDateHint,
        maxLength: 20,
        autoComplete: 'bday',
        inputMode: 'numeric',
      }),
      h('p', { className: 'actions' }, button(words.open)),
    ),
    hasSignIn && h('p', { className: 'actions' }, buttonLink('/min-tid/logga-in', words.signIn)),
    h('p', null, words.noCode),
    h('p', { className: 'quiet' }, times.urgent),
  );
}
