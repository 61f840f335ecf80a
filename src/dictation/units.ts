import type { Cursor } from './cursor.ts';
import { PhraseTable } from './phrases.ts';
import { soundOf } from './spelling.ts';

export interface Unit {
  /** What is written after the number. */
  readonly text: string;
  /** Whether a non-breaking space holds it to the number. */
  readonly clings: boolean;
}

/**
 * Units that call for figures: what is written, and the words for it. Micrograms and units of insulin are written out,
 * as medicine lists do, because their short forms have been misread with harm.
 */
// biome-ignore format: a table is read by its lines
export const SYMBOLS: Readonly<Record<string, string>> = {
  kg: 'kilogram, kilo', g: 'gram', mg: 'milligram', mikrogram: 'mikrogram', ng: 'nanogram',
  l: 'liter', dl: 'deciliter', cl: 'centiliter', ml: 'milliliter', µl: 'mikroliter',
  km: 'kilometer', m: 'meter', cm: 'centimeter', mm: 'millimeter', 'm²': 'kvadratmeter', 'cm²': 'kvadratcentimeter',
  mmol: 'millimol', µmol: 'mikromol', nmol: 'nanomol', pmol: 'pikomol', µkat: 'mikrokatal', nkat: 'nanokatal',
  mmHg: 'millimeter kvicksilver, millimeter hg', kPa: 'kilopascal', 'cmH₂O': 'centimeter vatten',
  kcal: 'kilokalorier', kJ: 'kilojoule', Hz: 'hertz', dB: 'decibel', mGy: 'milligray',
  '%': 'procent', '‰': 'promille', '°C': 'grader celsius', '°': '',
  IE: 'internationella enheter', E: '', enheter: 'enheter', mån: '', v: '', tim: '', min: '', sek: '',
};

/** Other spellings of the symbols. */
const SPELLINGS: Readonly<Record<string, string>> = {
  µg: 'mikrogram',
  ug: 'mikrogram',
  umol: 'µmol',
  mmhg: 'mmHg',
  kpa: 'kPa',
  ie: 'IE',
  '°c': '°C',
};

/** What is counted in figures though it is a word. */
const COUNTED = (
  'grader grad enhet tablett tabletter kapsel kapslar droppar droppe puffar puff inhalationer doser dos slag andetag ' +
  'ampuller suppositorier plåster dospåsar'
).split(' ');

/** In figures only as a rate: there is also "ett slag mot huvudet". */
const ONLY_AS_RATE = new Set(['slag', 'andetag']);

/** What a rate is counted by. */
// biome-ignore format: a table is read by its lines
const DENOMINATORS: Readonly<Record<string, string>> = {
  l: 'liter', dl: 'deciliter', ml: 'milliliter', min: 'minut', h: 'timme', dygn: 'dygn', dag: 'dag', vecka: 'vecka',
  kg: 'kilo, kilogram', mol: 'mol', cm: 'centimeter', 'm²': 'kvadratmeter',
};

function phrases(table: Readonly<Record<string, string>>): [phrase: string, unit: Unit][] {
  return Object.entries(table).flatMap(([text, said]) =>
    said.split(', ').map((phrase): [string, Unit] => [phrase, { text, clings: true }]),
  );
}

const UNITS = new PhraseTable<Unit>(
  [...phrases(SYMBOLS), ...COUNTED.map((text): [string, Unit] => [text, { text, clings: false }])],
  soundOf,
  ({ sound }) => sound,
);
const RATES = new PhraseTable(phrases(DENOMINATORS), soundOf, ({ sound }) => sound);

/** The unit that a symbol stands for ("mmol/l", "ug"), or nothing. Symbols are compared by letter, never by sound. */
function symbolText(written: string): string | undefined {
  const [unit = '', by, ...more] = written.replace('\u03BC', '\u00B5').split('/');
  const spelling = unit.toLowerCase();
  const text = Object.hasOwn(SYMBOLS, unit)
    ? unit
    : Object.hasOwn(SPELLINGS, spelling)
      ? SPELLINGS[spelling]
      : undefined;
  if (text === undefined || more.length > 0) return undefined;
  if (by === undefined) return text;
  return Object.hasOwn(DENOMINATORS, by) ? `${text}/${by}` : undefined;
}

/** Whether a recogniser may have put this right behind a figure. */
export function isUnitSymbol(written: string): boolean {
  return symbolText(written) !== undefined;
}

/** The unit that begins at this word ("millimol per liter" is mmol/l), or nothing. */
export function readUnit(cursor: Cursor, at: number): (Unit & { length: number }) | undefined {
  const found = readSymbol(cursor, at) ?? UNITS.match(cursor, at);
  if (!found) return undefined;
  const { value: unit, length } = found;
  const rate = cursor.peek(at + length)?.key === 'per' ? RATES.match(cursor, at + length + 1) : undefined;
  if (!rate) return ONLY_AS_RATE.has(unit.text) ? undefined : { ...unit, length };
  return { text: `${unit.text}/${rate.value.text}`, clings: true, length: length + 1 + rate.length };
}

function readSymbol(cursor: Cursor, at: number): { value: Unit; length: number } | undefined {
  const token = cursor.peek(at);
  const text = token && symbolText(token.written);
  if (text === undefined) return undefined;
  if (text === 'mm' && cursor.peek(at + 1)?.key === 'hg') return { value: { text: 'mmHg', clings: true }, length: 2 };
  return { value: { text, clings: true }, length: 1 };
}
