import type { LetterBlock, LetterFact } from '../contracts/letter-document.ts';
import { runs, type Weight } from './typeface.ts';

/** Points (1/72 inch). The window's place is that of Swedish window envelopes, to the right. */
const WINDOW = { x: 312, y: 128, width: 220 };
const BODY_TOP = 228;
const NAME_COLUMN = 118;
const FACT_PADDING = 9;
const GAP = 7;
const LINE_GAP = 1.5;
const BULLET_INDENT = 16;
/** A heading is not left alone at the foot of a page: at least so much of what follows stands below it. */
const ROOM_AFTER_HEADING = 110;

const INK = '#16212b';
const ACCENT = '#0b5763';
const TINT = '#edf4f4';

const STYLES = {
  sender: { size: 13, weight: 'bold', colour: ACCENT },
  contact: { size: 9.5, weight: 'regular', colour: INK },
  address: { size: 11.5, weight: 'regular', colour: INK },
  heading: { size: 20, weight: 'bold', colour: ACCENT },
  subheading: { size: 13, weight: 'bold', colour: ACCENT },
  body: { size: 11, weight: 'regular', colour: INK },
  factName: { size: 11, weight: 'bold', colour: INK },
  mainFact: { size: 15, weight: 'bold', colour: INK },
  foot: { size: 9, weight: 'regular', colour: INK },
} as const satisfies Record<string, { size: number; weight: Weight; colour: string }>;
export type Style = keyof typeof STYLES;

/** Large print: nothing below 18 points, as the associations of the visually impaired ask for. */
const LARGE_FACTOR = 1.64;
const ENVELOPE_STYLES: readonly Style[] = ['sender', 'contact', 'address', 'foot'];

interface SheetFact {
  readonly name: string;
  readonly lines: readonly string[];
  readonly style: Style;
}

interface Glyphs {
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
}

/** Draws tagged text down the pages of a letter. */
export class LetterSheet {
  static readonly margins = { top: 54, bottom: 46, left: 62, right: 62 };
  readonly #document: PDFKit.PDFDocument;
  readonly #root: PDFKit.PDFStructureElement;
  readonly #factor: number;
  /** Of the document's pages. */
  readonly #firstPage: number;

  /** Begins on the page that the document is at; `among` holds the letters of a pile, each an article of its own. */
  constructor(document: PDFKit.PDFDocument, print: 'ordinary' | 'large', among?: PDFKit.PDFStructureElement) {
    this.#document = document;
    this.#factor = print === 'large' ? LARGE_FACTOR : 1;
    this.#firstPage = pageCount(document) - 1;
    this.#root = document.struct(among ? 'Art' : 'Document');
    if (among) among.add(this.#root);
    else document.addStructure(this.#root);
  }

  /** Lines of the letterhead, one below the other. */
  lines(lines: readonly string[], style: Style): void {
    if (lines.length === 0) return;
    this.#tag('P', () => {
      for (const line of lines) this.#write(line, style);
    });
    this.#document.y += 4;
  }

  /** The address in the envelope's window; the letter itself begins below. */
  atWindow(address: readonly string[]): void {
    this.#tag('P', () => {
      this.#document.y = WINDOW.y;
      for (const line of address) this.#write(line, 'address', { x: WINDOW.x, width: WINDOW.width });
    });
    this.#document.y = Math.max(BODY_TOP, this.#document.y + GAP);
  }

  text(
    tag: 'H1' | 'H2' | 'P',
    text: string,
    style: Style,
    {
      language,
      keepsWith,
    }: { readonly language?: string | undefined; readonly keepsWith?: LetterBlock | undefined } = {},
  ): void {
    this.#makeRoom(this.#height(text, style, this.#width) + (keepsWith ? this.#roomFor(keepsWith) : 0));
    if (tag !== 'P') this.#document.y += GAP / 2;
    this.#tag(tag, () => this.#write(text, style), language);
    this.#document.y += tag === 'P' ? GAP : GAP / 2;
  }

  list(items: readonly string[]): void {
    const list = this.#document.struct('L');
    this.#root.add(list);
    const x = LetterSheet.margins.left;
    const width = this.#width - BULLET_INDENT * this.#factor;
    for (const item of items) {
      this.#makeRoom(this.#height(item, 'body', width));
      const top = this.#document.y;
      const entry = this.#document.struct('LI');
      list.add(entry);
      entry.add(this.#document.struct('Lbl', {}, () => this.#write('•', 'body')));
      this.#document.y = top;
      const body = () => this.#write(item, 'body', { x: x + BULLET_INDENT * this.#factor, width });
      entry.add(this.#document.struct('LBody', {}, body));
      entry.end();
      this.#document.y += GAP / 3;
    }
    list.end();
    this.#document.y += GAP;
  }

  /** Names and what they are, on a tinted ground: a list, for who hears it. */
  facts(known: readonly LetterFact[]): void {
    const facts = sheetFacts(known);
    const { column, width, heights, total } = this.#laidOut(facts);
    const x = LetterSheet.margins.left + FACT_PADDING;
    this.#makeRoom(total);
    this.#ground(this.#document.y, total);
    let y = this.#document.y + FACT_PADDING;
    const list = this.#document.struct('L');
    this.#root.add(list);
    for (const [index, fact] of facts.entries()) {
      const entry = this.#document.struct('LI');
      list.add(entry);
      entry.add(
        this.#document.struct('Lbl', {}, () => {
          this.#document.y = y;
          this.#write(fact.name, 'factName', { x, width: column - GAP });
        }),
      );
      entry.add(
        this.#document.struct('LBody', {}, () => {
          this.#document.y = y;
          for (const line of fact.lines) this.#write(line, fact.style, { x: x + column, width });
        }),
      );
      entry.end();
      y += heights[index]! + GAP / 2;
    }
    list.end();
    this.#document.y = y - GAP / 2 + FACT_PADDING + GAP;
  }

  /** "Sida 1 av 2" at each foot, for the eye only. Call it last; gives the number of pages. */
  numberPages(): number {
    const count = pageCount(this.#document) - this.#firstPage;
    if (count > 1) {
      for (let index = 0; index < count; index++) {
        this.#document.switchToPage(this.#firstPage + index);
        this.#foot(`Sida ${index + 1} av ${count}`);
      }
    }
    this.#root.end();
    return count;
  }

  /** Facts are not cut: all of them go with their heading. */
  #roomFor(block: LetterBlock): number {
    return block.kind === 'facts' ? 2 * GAP + this.#laidOut(sheetFacts(block.facts)).total : ROOM_AFTER_HEADING;
  }

  #laidOut(facts: readonly SheetFact[]) {
    const column = NAME_COLUMN * this.#factor;
    const width = this.#width - column - 2 * FACT_PADDING;
    const heights = facts.map((fact) =>
      Math.max(
        this.#height(fact.name, 'factName', column - GAP),
        fact.lines.reduce((sum, line) => sum + this.#height(line, fact.style, width), 0),
      ),
    );
    const total = heights.reduce((sum, height) => sum + height + GAP / 2, 2 * FACT_PADDING - GAP / 2);
    return { column, width, heights, total };
  }

  #foot(text: string): void {
    const { page } = this.#document;
    const { bottom } = page.margins;
    page.margins.bottom = 0;
    this.#document.markContent('Artifact', { type: 'Pagination' });
    this.#document.y = page.height - bottom / 2;
    this.#write(text, 'foot', { align: 'right' });
    this.#document.endMarkedContent();
    page.margins.bottom = bottom;
  }

  #ground(y: number, height: number): void {
    const { left } = LetterSheet.margins;
    this.#document.markContent('Artifact', { type: 'Layout' });
    this.#document.roundedRect(left, y, this.#width, height, 6).fill(TINT);
    this.#document.endMarkedContent();
  }

  #tag(tag: string, draw: () => void, language?: string): void {
    this.#root.add(this.#document.struct(tag, language === undefined ? {} : { lang: language }, draw));
  }

  /** One paragraph from the current height on, in as many fonts as its letters need. */
  #write(
    text: string,
    style: Style,
    { x = LetterSheet.margins.left, width = this.#width, align = 'left' as 'left' | 'right' } = {},
  ): void {
    const { weight, colour } = STYLES[style];
    const stretches = runs(text, weight, (font, codePoint) => hasGlyph(this.#document, font, codePoint));
    this.#document.fillColor(colour).fontSize(this.#size(style));
    for (const [index, { font, text: part }] of stretches.entries()) {
      const options = { width, align, lineGap: LINE_GAP, continued: index < stretches.length - 1 };
      this.#document.font(font);
      if (index === 0) this.#document.text(part, x, this.#document.y, options);
      else this.#document.text(part, options);
    }
    this.#document.x = LetterSheet.margins.left;
  }

  #height(text: string, style: Style, width: number): number {
    this.#document.font(`${STYLES[style].weight} latin`).fontSize(this.#size(style));
    return this.#document.heightOfString(text, { width, lineGap: LINE_GAP });
  }

  #makeRoom(height: number): void {
    const { page } = this.#document;
    if (this.#document.y + height > page.height - page.margins.bottom) this.#document.addPage();
  }

  #size(style: Style): number {
    return STYLES[style].size * (ENVELOPE_STYLES.includes(style) ? 1 : this.#factor);
  }

  get #width(): number {
    return this.#document.page.width - LetterSheet.margins.left - LetterSheet.margins.right;
  }
}

/** Whether a font of a document (by its name) can write a code point. The document's font is that one then. */
export function hasGlyph(document: PDFKit.PDFDocument, font: string, codePoint: number): boolean {
  document.font(font);
  const { font: glyphs } = (document as unknown as { _font: Glyphs })._font;
  return glyphs.hasGlyphForCodePoint(codePoint);
}

/** Of a document that buffers its pages. */
function pageCount(document: PDFKit.PDFDocument): number {
  return document.bufferedPageRange().count;
}

function sheetFacts(facts: readonly LetterFact[]): SheetFact[] {
  return facts.map(({ name, lines, isMain }) => ({ name, lines, style: isMain ? 'mainFact' : 'body' }));
}
