import PDFDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import type { LetterContents } from '../../src/contracts/letter.ts';
import { DEFAULT_LETTER_TEXTS } from '../../src/contracts/letter-texts.ts';
import { composeLetter } from '../../src/letters/compose.ts';
import { hasGlyph } from '../../src/letters/sheet.ts';
import { checkDrawable, letterAsPdf } from '../../src/letters/to-pdf.ts';
import { fontFiles } from '../../src/letters/typeface.ts';
import { letterContents } from './contents.ts';
import { readPdf, spoken } from './read-pdf.ts';

const pdf = (changes: Partial<LetterContents> = {}) =>
  letterAsPdf(composeLetter(letterContents(changes), DEFAULT_LETTER_TEXTS));

describe('a letter on paper', () => {
  test('is a tagged PDF in Swedish that calls itself PDF/UA and shows its title', async () => {
    const bytes = await pdf();
    const { document } = await readPdf(bytes);
    const { info, metadata } = await document.getMetadata();
    expect(info).toMatchObject({ Language: 'sv-SE', Title: 'Kallelse från vården', PDFFormatVersion: '1.7' });
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    expect(bytes.toString('latin1')).toContain('/DisplayDocTitle true');
  });

  test('is read aloud in the order of its meaning: sender, date, address, heading, times, how to change them', async () => {
    const { pages } = await readPdf(await pdf());
    const words = pages.flatMap(spoken).map(({ text }) => text);
    const order = [
      'Hjärtmottagningen Demo',
      '10 mars 2026',
      'Dina tider',
      'fredag 17 april 2026 kl. 08.15',
      'fredag 24 april 2026 kl. 10.30',
      'Ändra eller avboka',
      'K7P-4QX',
    ];
    const places = order.map((part) => words.findIndex((text) => text.includes(part)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('has one main heading, and lists whose entries have a label and a body', async () => {
    const { pages } = await readPdf(await pdf());
    const tags = pages.flatMap(spoken);
    expect(tags.filter(({ role }) => role === 'H1').map(({ text }) => text)).toEqual(['Dina tider']);
    const count = (role: string) => tags.filter((tag) => tag.role === role).length;
    expect(count('LI')).toBeGreaterThan(5);
    expect([count('Lbl'), count('LBody')]).toEqual([count('LI'), count('LI')]);
  });

  test('leaves no word untagged: what is outside the tags is marked as drawn only', async () => {
    const { pages } = await readPdf(await pdf());
    for (const { pieces } of pages) {
      let depth = 0;
      const outside = pieces.filter((piece) => {
        if (piece.type?.startsWith('beginMarkedContent')) depth++;
        else if (piece.type === 'endMarkedContent') depth--;
        return depth === 0 && piece.str?.trim();
      });
      expect(outside).toEqual([]);
    }
  });

  test('embeds every font, in parts', async () => {
    const file = (await pdf()).toString('latin1');
    const fonts = [...file.matchAll(/\/BaseFont \/(\S+)/g)].map(([, name]) => name!);
    expect(fonts.length).toBeGreaterThan(1);
    expect(fonts.every((name) => /^[A-Z]{6}\+AtkinsonHyperlegible/.test(name))).toBe(true);
    expect([...file.matchAll(/\/FontFile[23] /g)].length).toBeGreaterThanOrEqual(new Set(fonts).size);
  });

  test('writes names with the letters of all Europe, in one word', async () => {
    const { pages } = await readPdf(await pdf());
    expect(pages.flatMap(spoken).some(({ text }) => text.replace(/\s/g, '').includes('MałgorzataÅkesson'))).toBe(true);
  });

  test('refuses a name that its typeface cannot write, rather than print a hole; and says so before it is drawn', async () => {
    const refused = { code: 'REQUEST_INVALID' };
    for (const name of ['张伟', 'Åsa 🙂', 'Анна']) {
      const changes = { recipient: { name, addressLines: [] } };
      await expect(pdf(changes)).rejects.toMatchObject(refused);
      expect(() => checkDrawable(composeLetter(letterContents(changes), DEFAULT_LETTER_TEXTS))).toThrow(
        expect.objectContaining(refused),
      );
    }
    checkDrawable(composeLetter(letterContents(), DEFAULT_LETTER_TEXTS));
  });

  test('has the same letters in each weight, so that checking one is enough', () => {
    const document = new PDFDocument();
    for (const { name, bytes } of fontFiles()) document.registerFont(name, bytes);
    const differing = [];
    for (let codePoint = 0x20; codePoint < 0x2_500; codePoint++) {
      for (const subset of ['latin', 'latin-ext']) {
        const [one, other] = ['regular', 'bold'].map((weight) => hasGlyph(document, `${weight} ${subset}`, codePoint));
        if (one !== other) differing.push(codePoint);
      }
    }
    expect(differing).toEqual([]);
  });

  test('in large print has no running text below 18 points', async () => {
    const bodies = async (hasLargePrint: boolean) => {
      const { pages } = await readPdf(await pdf({ hasLargePrint }));
      const [first] = pages;
      return first!.pieces.filter(({ str }) => str?.includes('Här kommer din tid')).map(({ height }) => height);
    };
    expect((await bodies(true)).every((height) => height! >= 18)).toBe(true);
    expect((await bodies(false)).every((height) => height! < 18)).toBe(true);
  });

  test('tells the language of words that are not Swedish', async () => {
    const { pages } = await readPdf(await pdf({ interpreterLanguage: 'pl' }));
    const heading = pages.flatMap(spoken).find(({ text }) => text.includes('Termin wizyty'));
    expect(heading).toMatchObject({ role: 'H1', lang: 'pl' });
  });

  test('with protected identity holds nothing of the clinic, in its properties either', async () => {
    const bytes = await pdf({ hasProtectedIdentity: true });
    const { document, pages } = await readPdf(bytes);
    const { info } = await document.getMetadata();
    expect(JSON.stringify([info, pages.flatMap(spoken)])).not.toMatch(/Hjärt|Sjukhus|Elin|Provtagning|Laborator/);
  });

  test('of one visit is one page; a heading that comes last on a page has what it announces below it', async () => {
    const [visit] = letterContents().visits;
    expect((await readPdf(await pdf({ visits: [{ ...visit!, preparations: [] }] }))).pages).toHaveLength(1);
    for (const hasLargePrint of [false, true]) {
      const { pages } = await readPdf(await pdf({ hasLargePrint }));
      for (const page of pages) expect(spoken(page).at(-1)?.role).not.toMatch(/^H/);
    }
  });

  test('of many visits goes on over pages that are numbered for the eye only', async () => {
    const visit = {
      startsAt: '2026-04-24T10:30:00+02:00',
      durationMinutes: 30,
      what: 'Dialys',
      meeting: 'here' as const,
      preparations: [],
    };
    const { pages } = await readPdf(await pdf({ visits: Array.from({ length: 8 }, () => visit) }));
    expect(pages.length).toBeGreaterThan(1);
    const shown = pages.map(({ pieces }) => pieces.some(({ str }) => str === `Sida 1 av ${pages.length}`));
    expect(shown[0]).toBe(true);
    expect(pages.flatMap(spoken).some(({ text }) => /Sida \d/.test(text))).toBe(false);
  });
});
