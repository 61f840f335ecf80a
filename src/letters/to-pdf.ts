import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { LetterBlock, LetterDocument } from '../contracts/letter-document.ts';
import { hasGlyph, LetterSheet } from './sheet.ts';
import { fontFiles, runs } from './typeface.ts';

const AUTHOR = 'Taltid';
/** The package's types know its archive profiles only. */
const PDF_UA = 'PDF/UA' as 'PDF/A-1a';

/**
 * The letter as a tagged PDF (PDF/UA-1, Swedish) on A4, its address where a window envelope shows it. Fonts are
 * embedded, headings and lists have their tags in reading order, what is only drawn is marked as such.
 * Throws REQUEST_INVALID for letters of an alphabet that the typeface does not have.
 * Source: ISO 14289-1; SS 61 41 21 for the window.
 */
export async function letterAsPdf(letter: LetterDocument): Promise<Buffer> {
  const document = openDocument(letter.title, letter.letterhead[0]);
  const finished = collected(document);
  draw(new LetterSheet(document, printOf(letter)), letter);
  document.end();
  return await finished;
}

/**
 * Throws REQUEST_INVALID for a letter that `letterAsPdf` could not draw, without drawing it: fit for whoever holds a
 * transaction open.
 */
export function checkDrawable({ letterhead, address, writtenOn, blocks }: LetterDocument): void {
  alphabet ??= openDocument('');
  const document = alphabet;
  for (const text of [...letterhead, ...address, writtenOn, ...blocks.flatMap(textsOf)]) {
    runs(text, 'regular', (font, codePoint) => hasGlyph(document, font, codePoint));
  }
}

/** Drawn on by nobody; it knows the letters of the typeface, which its weights have in common. */
let alphabet: PDFKit.PDFDocument | undefined;

function textsOf(block: LetterBlock): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'subheading':
    case 'paragraph':
      return [block.text];
    case 'facts':
      return block.facts.flatMap(({ name, lines }) => [name, ...lines]);
    case 'list':
      return block.items;
    default:
      return block satisfies never;
  }
}

export interface Pile {
  readonly title: string;
  /** Whether the printer prints on both sides: each letter then begins on a sheet of its own. */
  readonly isTwoSided: boolean;
}

/** Many letters in one such file, to be printed and folded: each on pages of its own, numbered by itself. */
export async function lettersAsPdf(letters: readonly LetterDocument[], { title, isTwoSided }: Pile): Promise<Buffer> {
  const document = openDocument(title);
  const finished = collected(document);
  const pile = document.struct('Document');
  document.addStructure(pile);
  for (const [index, letter] of letters.entries()) {
    if (index > 0) document.addPage();
    const pages = draw(new LetterSheet(document, printOf(letter), pile), letter);
    if (isTwoSided && pages % 2 === 1 && index < letters.length - 1) document.addPage();
    // Drawing is this thread's own work: others have their turn between two letters.
    await setImmediate();
  }
  pile.end();
  document.end();
  return await finished;
}

function openDocument(title: string, author = AUTHOR): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: 'A4',
    margins: LetterSheet.margins,
    pdfVersion: '1.7',
    subset: PDF_UA,
    tagged: true,
    lang: 'sv-SE',
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Author: author, Creator: AUTHOR },
  });
  for (const { name, bytes } of fontFiles()) document.registerFont(name, bytes);
  return document;
}

const printOf = ({ hasLargePrint }: LetterDocument) => (hasLargePrint ? 'large' : 'ordinary');

/** Gives the number of pages. */
function draw(sheet: LetterSheet, { letterhead, address, writtenOn, blocks }: LetterDocument): number {
  const [sender, ...contact] = letterhead;
  if (sender !== undefined) sheet.lines([sender], 'sender');
  sheet.lines(contact, 'contact');
  sheet.lines([writtenOn], 'contact');
  sheet.atWindow(address);
  for (const [index, block] of blocks.entries()) drawBlock(sheet, block, blocks[index + 1]);
  return sheet.numberPages();
}

function drawBlock(sheet: LetterSheet, block: LetterBlock, next: LetterBlock | undefined): void {
  switch (block.kind) {
    case 'heading':
      sheet.text('H1', block.text, 'heading', { language: block.language, keepsWith: next });
      break;
    case 'subheading':
      sheet.text('H2', block.text, 'subheading', { keepsWith: next });
      break;
    case 'paragraph':
      // What it announces stands below it.
      sheet.text('P', block.text, 'body', {
        language: block.language,
        keepsWith: block.text.endsWith(':') ? next : undefined,
      });
      break;
    case 'facts':
      if (block.facts.length > 0) sheet.facts(block.facts);
      break;
    case 'list':
      sheet.list(block.items);
      break;
    default:
      block satisfies never;
  }
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
