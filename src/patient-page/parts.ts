import { createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { clockInWords, dayInWords } from './days.ts';

/** The field of each form that carries the session's token. */
export const FORM_TOKEN = 'nyckel';

/** A form that changes something: it carries the session's token. */
export function form(
  action: string,
  { csrfToken }: { readonly csrfToken: string },
  ...children: readonly ReactNode[]
): ReactNode {
  return h(
    'form',
    { method: 'post', action },
    h('input', { type: 'hidden', name: FORM_TOKEN, value: csrfToken }),
    ...children,
  );
}

export function hidden(fields: Readonly<Record<string, string | number>>): ReactNode[] {
  return Object.entries(fields).map(([name, value]) => h('input', { key: name, type: 'hidden', name, value }));
}

/** Named things, such as "Plats": absent ones are left out. */
export function facts(...all: readonly (readonly [name: string, value: ReactNode])[]): ReactNode {
  const known = all.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (known.length === 0) return null;
  return h(
    'dl',
    null,
    ...known.map(([name, value]) => h('div', { key: name }, h('dt', null, name), h('dd', null, value))),
  );
}

export function list(items: readonly ReactNode[]): ReactNode {
  return h('ul', null, ...items.map((item, at) => h('li', { key: at }, item)));
}

export function buttonLink(href: string, text: string, kind: 'main' | 'other' = 'other'): ReactNode {
  return h('a', { className: kind === 'main' ? 'button main' : 'button', href }, text);
}

/** `plain` looks like a link. */
export function button(text: string, kind: 'main' | 'warning' | 'plain' = 'main'): ReactNode {
  return h('button', { type: 'submit', className: kind === 'plain' ? kind : `button ${kind}` }, text);
}

/** A time in large type: the day and the clock stay whole where a line is too short for both. */
export function whenLine(at: Date, language: PatientLanguage, nowMs: number): ReactNode {
  return h(
    'p',
    { className: 'when' },
    h(
      'time',
      { dateTime: at.toISOString() },
      h('span', null, dayInWords(at, language, nowMs)),
      ' ',
      h('span', null, clockInWords(at, language)),
    ),
  );
}

/** What has happened, said first on the page. */
export function notice(text: string): ReactNode {
  return h('p', { className: 'notice', role: 'status' }, text);
}

export interface TextField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value?: string;
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'text';
  readonly maxLength: number;
}

export function textField({ name, label, hint, value = '', ...input }: TextField): ReactNode {
  const hintId = `${name}-hint`;
  return h(
    'p',
    { className: 'field' },
    h('label', { htmlFor: name }, label),
    h('span', { className: 'hint', id: hintId }, hint),
    h('input', {
      id: name,
      name,
      defaultValue: value,
      required: true,
      'aria-describedby': hintId,
      spellCheck: false,
      autoCapitalize: 'characters',
      ...input,
    }),
  );
}

/** One of several, each with its own words. None is chosen beforehand. */
export function choiceField(
  name: string,
  legend: string,
  options: readonly (readonly [value: string, text: string])[],
): ReactNode {
  return h(
    'fieldset',
    null,
    h('legend', null, legend),
    ...options.map(([value, text]) =>
      h(
        'label',
        { key: value, className: 'option' },
        h('input', { type: 'radio', name, value, required: true }),
        h('span', null, text),
      ),
    ),
  );
}

/** The clinic's own words, which are Swedish whatever language the page speaks. */
export function swedish(text: string | null): ReactNode {
  return text === null ? null : h('span', { lang: 'sv' }, text);
}
