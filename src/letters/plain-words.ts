import type { LetterPreparation } from '../contracts/letter.ts';

/** A short form that clinicians say or write, and how a patient reads it. */
interface ShortForm {
  readonly short: RegExp;
  readonly plain: string;
}

/**
 * Whole words only, and only those with one meaning in a preparation ("v" is veckor and vecka, "mån" a day and a length
 * of time). Capitals matter where small letters make another word.
 */
const SHORT_FORMS: readonly ShortForm[] = [
  form('BT', 'blodtryck'),
  form('EKG', 'EKG (mätning av hjärtats rytm)', 'i'),
  form('TSH', 'TSH (sköldkörtelprov)'),
  form('Hb', 'Hb (blodvärde)', 'i'),
  form('HbA1c', 'HbA1c (långtidsblodsocker)', 'i'),
  form('CRP', 'CRP (prov för inflammation)', 'i'),
  form('PK', 'PK (prov för blodförtunnande läkemedel)'),
  form('INR', 'INR (prov för blodförtunnande läkemedel)'),
  form('NT-proBNP', 'NT-proBNP (hjärtprov)', 'i'),
  form('krea', 'kreatinin (njurprov)', 'i'),
  form('elstatus', 'salter i blodet', 'i'),
  form('U-sticka', 'urinprov', 'i'),
  form('ssk', 'sjuksköterska', 'i'),
  form('dsk', 'distriktssköterska', 'i'),
  form('fysio', 'fysioterapeut', 'i'),
  form('rtg', 'röntgen', 'i'),
  form('slätrtg', 'vanlig röntgen', 'i'),
  form('MR', 'magnetkamera'),
  form('DT', 'skiktröntgen'),
  form('UL', 'ultraljud'),
  form('beh', 'behandling', 'i'),
  form('us', 'undersökning', 'i'),
  form('kl', 'klockan', 'i'),
  form('vb', 'vid behov', 'i'),
  form('p.o.', 'genom munnen', 'i'),
];

/** The words with their short forms written out. Nothing else is changed: they are the clinician's. */
export function inPlainWords(original: string): Omit<LetterPreparation, 'original'> {
  const writtenOut: LetterPreparation['writtenOut'] = [];
  let plain = original.trim();
  for (const { short, plain: words } of SHORT_FORMS) {
    plain = plain.replace(short, (found) => {
      writtenOut.push({ short: found, plain: words });
      return words;
    });
  }
  return { plain, writtenOut };
}

/** A full stop after a short form belongs to it unless it ends the sentence. */
function form(short: string, plain: string, flags = ''): ShortForm {
  const literal = short.replaceAll('.', '\\.');
  return {
    short: new RegExp(
      `(?<![\\p{L}\\p{N}(-])${literal}(?:\\.(?=\\s+(?-i:[\\p{Ll}\\p{N}])))?(?![\\p{L}\\p{N}-]| \\()`,
      `gu${flags}`,
    ),
    plain,
  };
}
