import { MONTH_NAMES } from '../contracts/month-names.ts';
import { type Context, wordsBefore } from './context.ts';
import type { Cursor } from './cursor.ts';
import { type Figures, readFigures } from './figures.ts';
import { NO_BREAK_SPACE, type ReadNumber, readDecimal, smallNumberInWords } from './numbers.ts';
import type { Reading } from './readings.ts';
import { readUnit } from './units.ts';

/** Words after which a number is a value or a class, and is written in figures however small. */
const LABELS = new Set(
  (
    'typ x grad stadium klass nyha vecka v rum avdelning avd nummer nr nivå steg sal kapitel fas puls bt blodtryck ' +
    'temp temperatur saturation pox vas vikt längd bmi ålder gcs rls news madras madrs phq gad audit hb crp inr tsh ' +
    'dos krea kreatinin kalium natrium glukos hba1c psa sr lpk tpk egfr kolesterol ldl hdl b-hb p-glukos p-kreatinin ' +
    'p-kalium asa apgar mmse moca'
  ).split(' '),
);
/** An amount: figures with their unit ("50 mg", "140/85 mmHg"). Nothing where running text keeps the words. */
export function readQuantity(cursor: Cursor, context: Context): Reading | undefined {
  const isNegative = cursor.first.key === 'minus';
  const start = isNegative ? 1 : 0;
  const number = readDecimal(cursor, start);
  if (!number) return undefined;
  const before = wordsBefore(context.before);
  const isLabelled = LABELS.has(before[0] ?? '') && (!number.isArticle || cursor.first.key === 'ett');
  const figures = readFigures(cursor, start, number, { before, isLabelled });
  const end = start + figures.length;
  const unit = unitOf(cursor, end, number, figures);
  if (!figures.needsDigits && !unit && !isLabelled && !isDay(cursor, end, number)) {
    return isNegative ? undefined : inWords(cursor, number);
  }
  const separator = unit?.clings ? NO_BREAK_SPACE : ' ';
  const text = `${isNegative ? '−' : ''}${figures.text}${unit ? separator + unit.text : ''}`;
  const diabetes = before[0] === 'typ' ? /^diabet\p{L}+$/u.exec(cursor.peek(end)?.key ?? '')?.[0] : undefined;
  return diabetes === undefined
    ? { length: end + (unit?.length ?? 0), action: { kind: 'text', text } }
    : { length: end + 1, action: { kind: 'text', text: `${text}-${diabetes}` } };
}

/** "Tre mars" is a date, though not how most people say it. */
function isDay(cursor: Cursor, end: number, { isArticle }: ReadNumber): boolean {
  return !isArticle && MONTH_NAMES.includes(cursor.peek(end)?.key ?? '');
}

/** "Ett gram" and "en tablett" are amounts; "en grad" and "en dos" are more often not. */
function unitOf(cursor: Cursor, end: number, number: ReadNumber, figures: Figures): ReturnType<typeof readUnit> {
  const unit = readUnit(cursor, end);
  const mayBeArticle = number.isArticle && figures.length === number.length;
  return !mayBeArticle || unit?.clings || /^(tablett|kapsel)$/.test(unit?.text ?? '') ? unit : undefined;
}

/** A figure that the recogniser wrote, as the word that running text has; spoken words are left to be words. */
function inWords(cursor: Cursor, number: ReadNumber): Reading | undefined {
  if (!number.isWritten) return undefined;
  const text = smallNumberInWords(number.value, cursor.peek(1)?.key);
  return { length: 1, action: { kind: 'text', text } };
}
