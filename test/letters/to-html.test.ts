import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LetterContents } from '../../src/contracts/letter.ts';
import { DEFAULT_LETTER_TEXTS, type LetterTexts } from '../../src/contracts/letter-texts.ts';
import { composeLetter } from '../../src/letters/compose.ts';
import { LETTER_PAGE_POLICY } from '../../src/letters/html-style.ts';
import { letterAsHtml } from '../../src/letters/to-html.ts';
import { letterAsPdf } from '../../src/letters/to-pdf.ts';
import { letterAsText } from '../../src/letters/to-text.ts';
import { letterContents } from './contents.ts';
import { readPdf, spoken } from './read-pdf.ts';

const compose = (changes: Partial<LetterContents> = {}, texts: Partial<LetterTexts> = {}) =>
  composeLetter(letterContents(changes), { ...DEFAULT_LETTER_TEXTS, ...texts });
const html = (changes: Partial<LetterContents> = {}, texts: Partial<LetterTexts> = {}) =>
  letterAsHtml(compose(changes, texts));

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** What is read of the page, from its first words to its last. */
function wordsOf(page: string): string {
  const [, body = ''] = /<main[^>]*>(.*)<\/main>/s.exec(page) ?? [];
  return body.replace(/<[^>]*>/g, ' ').replace(/&([a-z#0-9]+);/g, (_, name: string) => ENTITIES[name]!);
}

/** Letters and figures alone: where lines break, and what an underlined heading is made of, is each form's own. */
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

const VARIANTS: readonly (readonly [string, Partial<LetterContents>])[] = [
  ['with two visits', {}],
  [
    'open',
    {
      form: 'open',
      visits: [],
      toBook: { what: 'Återbesök', latestDay: '2026-05-29', preparations: letterContents().visits[0]!.preparations },
    },
  ],
  ['to a guardian', { isGuardian: true, recipient: { name: 'Nils Åkesson', addressLines: ['Demogatan 4'] } }],
  ['with an interpreter', { interpreterLanguage: 'pl' }],
  ['with protected identity', { hasProtectedIdentity: true, recipient: { name: 'Mottagaren', addressLines: [] } }],
  ['in large print', { hasLargePrint: true }],
];

test.each(VARIANTS)(
  'a letter %s says the same in the same order on paper, on a page and as plain text',
  async (_, changes) => {
    const letter = compose(changes);
    const { pages } = await readPdf(await letterAsPdf(letter));
    const paper = bare(
      pages
        .flatMap(spoken)
        .map(({ text }) => text)
        .join(' '),
    );
    expect(paper.length).toBeGreaterThan(100);
    expect(bare(wordsOf(letterAsHtml(letter)))).toBe(paper);
    expect(bare(letterAsText(letter))).toBe(paper);
  },
);

describe('a letter as a page', () => {
  test('is a whole document in Swedish that has its title, its headings and nothing to fetch', () => {
    const page = html();
    expect(page).toMatch(/^<!doctype html>\n<html lang="sv">/);
    expect(page).toContain('<title>Kallelse från vården</title>');
    expect(page).toContain('<meta name="viewport"');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('<h2>Hitta hit</h2>');
    expect(page).not.toMatch(/<(script|link|img|iframe)/);
  });

  test('tells the language of words that are not Swedish', () => {
    expect(html({ interpreterLanguage: 'pl' })).toContain('<h1 lang="pl">Termin wizyty</h1>');
  });

  test('leads to the page where the patient answers', () => {
    expect(html()).toContain('<a href="https://klinik.example/min-tid">https://klinik.example/min-tid</a>');
  });

  test('shows what somebody wrote as text, whatever it is', () => {
    const page = html({ patient: { name: 'x' } }, { closing: '<script>alert("1")</script> & \'Välkommen\'' });
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Välkommen&#39;');
  });

  test('is shown under a policy that lets its own style through, and nothing else', () => {
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(html()) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(LETTER_PAGE_POLICY).toContain(`style-src 'sha256-${hash}'`);
    expect(LETTER_PAGE_POLICY).toContain("default-src 'none'");
  });
});
