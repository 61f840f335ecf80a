import { createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { PATIENT_LANGUAGES, type PatientLanguage } from '../contracts/patient-page.ts';
import { form } from './parts.ts';
import { STYLE } from './style.ts';
import { wordsOf } from './words.ts';

/** What stands around every page of the patient. */
export interface PageFrame {
  readonly language: PatientLanguage;
  /** Path and query: where the link to the other language goes. */
  readonly address: string;
  /** Of somebody who is in. */
  readonly session: { readonly csrfToken: string; readonly isDemo: boolean } | null;
}

/** Where the typeface's two files are. */
export const TYPEFACE_PATHS = { latin: '/min-tid/typsnitt.woff2', 'latin-ext': '/min-tid/typsnitt-ext.woff2' } as const;
/** The parameter of an address that chooses the language. */
export const LANGUAGE_PARAMETER = 'sprak';

/** A whole page as HTML: readable and usable without a script, of which there is none. Its title tells nothing. */
export function renderPage(frame: PageFrame, ...content: readonly ReactNode[]): string {
  const { language, session } = frame;
  const words = wordsOf(language);
  const page = h(
    'html',
    { lang: language },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'robots', content: 'noindex' }),
      h('meta', { name: 'format-detection', content: 'telephone=no' }),
      h('title', null, words.title),
      h('link', { rel: 'preload', href: TYPEFACE_PATHS.latin, as: 'font', type: 'font/woff2', crossOrigin: '' }),
      h('link', { rel: 'stylesheet', href: STYLE.path }),
    ),
    h(
      'body',
      null,
      h('a', { className: 'skip', href: '#innehall' }, words.skip),
      session?.isDemo && h('p', { className: 'demo' }, words.demo),
      header(frame),
      h('main', { id: 'innehall' }, ...content),
    ),
  );
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}

function header({ language, address, session }: PageFrame): ReactNode {
  const words = wordsOf(language);
  const other = PATIENT_LANGUAGES.find((one) => one !== language)!;
  return h(
    'header',
    null,
    h('a', { className: 'home', href: '/min-tid' }, words.title),
    h('a', { href: inLanguage(address, other), lang: other, hrefLang: other }, words.otherLanguage),
    session && form('/min-tid/ut', session, h('button', { type: 'submit', className: 'plain' }, words.signOut)),
  );
}

function inLanguage(address: string, language: PatientLanguage): string {
  const [path = '', query] = address.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set(LANGUAGE_PARAMETER, language);
  return `${path}?${parameters}`;
}
