import PDFDocument from 'pdfkit';
import type { LetterBlock, LetterDocument, LetterFact } from '../contracts/letter-document.ts';
import { LetterSheet } from './sheet.ts';
import { fontFiles } from './typeface.ts';

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
  const document = new PDFDocument({
    size: 'A4',
    margins: LetterSheet.margins,
    pdfVersion: '1.7',
    subset: PDF_UA,
    tagged: true,
    lang: 'sv-SE',
    displayTitle: true,
    bufferPages: true,
    info: { Title: letter.title, Author: letter.letterhead[0] ?? AUTHOR, Creator: AUTHOR },
  });
  const finished = collected(document);
  for (const { name, bytes } of fontFiles()) document.registerFont(name, bytes);
  draw(new LetterSheet(document, letter.hasLargePrint ? 'large' : 'ordinary'), letter);
  document.end();
  return await finished;
}

function draw(sheet: LetterSheet, { letterhead, address, writtenOn, blocks }: LetterDocument): void {
  const [sender, ...contact] = letterhead;
  if (sender !== undefined) sheet.lines([sender], 'sender');
  sheet.lines(contact, 'contact');
  sheet.lines([writtenOn], 'contact');
  sheet.atWindow(address);
  for (const [index, block] of blocks.entries()) drawBlock(sheet, block, blocks[index + 1]);
  sheet.numberPages();
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
      sheet.text('P', block.text, 'body', { language: block.language });
      break;
    case 'facts':
      drawFacts(sheet, block.facts);
      break;
    case 'list':
      sheet.list(block.items);
      break;
    default:
      block satisfies never;
  }
}

function drawFacts(sheet: LetterSheet, facts: readonly LetterFact[]): void {
  if (facts.length === 0) return;
  sheet.facts(facts.map(({ name, lines, isMain }) => ({ name, lines, style: isMain ? 'mainFact' : 'body' })));
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
