import { Fragment, createElement as h, type ReactNode } from 'react';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { form } from '../patient-page/parts.ts';
import type { Family } from './whose.ts';
import { planWords } from './words.ts';

interface WhosePage {
  readonly family: Family;
  readonly session: { readonly csrfToken: string };
}

/** A guardian chooses whose page it is; for everybody else there is nothing to choose. */
export function whoseForm({ family, session }: WhosePage, language: PatientLanguage): ReactNode {
  const { whose: words } = planWords(language);
  const { children, actingFor } = family;
  if (children.length === 0) return null;
  const choices = [{ id: '', name: words.self }, ...children.map(({ id, givenName }) => ({ id, name: givenName }))];
  const chosen = actingFor?.id ?? '';
  return h(
    Fragment,
    null,
    actingFor !== null && h('p', { className: 'notice' }, words.now(actingFor.givenName)),
    form(
      '/min-tid/vem',
      session,
      h(
        'fieldset',
        { className: 'whose' },
        h('legend', null, words.label),
        ...choices.map(({ id, name }) =>
          h(
            'button',
            { type: 'submit', key: id, className: 'button', name: 'vem', value: id, 'aria-pressed': id === chosen },
            name,
          ),
        ),
      ),
    ),
  );
}
