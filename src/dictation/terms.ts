import type { Cursor } from './cursor.ts';
import { PhraseTable } from './phrases.ts';
import type { Reading } from './readings.ts';
import { lettersOf } from './spelling.ts';

/** Terms that are their own letters, said as one word or letter by letter. */
const LETTERS =
  'CRP EKG TSH Hb INR SR LPK TPK EVF PSA BMI ASAT ALAT ALP GT LDL HDL eGFR BNP pH MCV CK CT DT MR MRT EEG EMG ENeG ADHD ' +
  'PTSD KOL KBT TIA HIV MRSA ESBL BVC MVC VAS MADRS NYHA BT IgE IgA IgG IgM NSAID SSRI PPI UVI ÖNH IVA BCG TBE HPV';

/** Terms that are said or heard otherwise too. */
// biome-ignore format: a table is read by its lines
const SAID: Readonly<Record<string, string>> = {
  HbA1c: 'hb a ett c, hbaett c, hb a 1 c, haba ett c, hå be a ett ce', CRP: 'ce er pe', EKG: 'e kå ge', TSH: 'te es hå',
  Hb: 'hå be', eGFR: 'e gfr', 'PK-INR': 'pk inr', 'NT-proBNP': 'nt pro bnp', 'D-dimer': 'd dimer',
  'D-vitamin': 'd vitamin', B12: 'b tolv, be tolv', NEWS2: 'news två', 'AV-block': 'av block',
  'fritt T4': 'fritt t fyra, fritt te fyra', 'fritt T3': 'fritt t tre, fritt te tre', 'covid-19': 'covid nitton',
};

/** Blood, plasma, serum, urine, and fasting plasma. */
const SPECIMENS: Readonly<Record<string, string>> = { b: 'B', p: 'P', s: 'S', u: 'U', fp: 'fP' };
// biome-ignore format: a table is read by its lines
const ANALYTES: Readonly<Record<string, string>> = {
  hb: 'Hb', glukos: 'glukos', glucos: 'glukos', kreatinin: 'kreatinin', krea: 'kreatinin', kalium: 'kalium',
  natrium: 'natrium', kalcium: 'kalcium', magnesium: 'magnesium', albumin: 'albumin', urat: 'urat', ferritin: 'ferritin',
  järn: 'järn', kobalamin: 'kobalamin', folat: 'folat', kolesterol: 'kolesterol', bilirubin: 'bilirubin',
  troponin: 'troponin', crp: 'CRP', tsh: 'TSH', lpk: 'LPK', tpk: 'TPK', evf: 'EVF', sr: 'SR', psa: 'PSA', ck: 'CK',
};

type Phrase = readonly [said: string, written: string];

const TABLE = new PhraseTable<string>(
  [
    ...LETTERS.split(' ').map((term): Phrase => [term, term]),
    ...Object.entries(SAID).flatMap(([written, said]) =>
      [written, ...said.split(', ')].map((phrase): Phrase => [phrase, written]),
    ),
    ...Object.entries(SPECIMENS).flatMap(([letter, specimen]) =>
      Object.entries(ANALYTES).map(([said, analyte]): Phrase => [letter + said, `${specimen}-${analyte}`]),
    ),
  ],
  lettersOf,
  ({ key }) => lettersOf(key),
);

/** An analysis or another term with letters of its own: "b hb" is B-Hb, "hb a ett c" is HbA1c, "ekg" is EKG. */
export function readTerm(cursor: Cursor): Reading | undefined {
  const found = TABLE.match(cursor, 0);
  return found && { length: found.length, action: { kind: 'text', text: found.value } };
}
