import { describe, expect, test } from 'vitest';
import { inPlainWords } from '../../src/letters/plain-words.ts';

describe('inPlainWords', () => {
  test.each([
    ['EKG och BT innan', 'EKG (mätning av hjärtats rytm) och blodtryck innan'],
    ['ta Hb, krea', 'ta Hb (blodvärde), kreatinin (njurprov)'],
    ['prov hos ssk kl. 8', 'prov hos sjuksköterska klockan 8'],
    ['rtg lungor', 'röntgen lungor'],
    ['Ring ssk. Ta sedan prov.', 'Ring sjuksköterska. Ta sedan prov.'],
    ['fasta från midnatt', 'fasta från midnatt'],
  ])('%s -> %s', (original, plain) => {
    expect(inPlainWords(original).plain).toBe(plain);
  });

  test('says what was written out, for who checks it', () => {
    expect(inPlainWords('BT hos dsk').writtenOut).toEqual([
      { short: 'BT', plain: 'blodtryck' },
      { short: 'dsk', plain: 'distriktssköterska' },
    ]);
  });

  test.each(['v. 17', 'mån 3 mars', 'klar', 'ulk', 'dtp-vaccin', 'Hb (blodvärde)'])('leaves "%s" alone', (words) => {
    expect(inPlainWords(words)).toEqual({ plain: words, writtenOut: [] });
  });

  test('changes nothing a second time', () => {
    const once = inPlainWords('EKG, BT, U-sticka och TSH hos ssk').plain;
    expect(inPlainWords(once).plain).toBe(once);
  });
});
