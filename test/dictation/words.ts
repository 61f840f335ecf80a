import fc from 'fast-check';
import type { DictatedWord } from '../../src/contracts/dictation.ts';

/** Everything that a rule looks for, and words that none knows. */
const VOCABULARY = [
  ...'punkt komma kolon ny rad nytt stycke ångra stryk det nästa föregående fält sökord gå till status bedömning'.split(
    ' ',
  ),
  ...'infoga mall hjärta allmänt siffra stor liten bokstav parentes citattecken slut början snedstreck'.split(' '),
  ...'bindestreck frågetecken punkt. Ny-rad, koma kulan avsluta diktat tankstreck'.split(' '),
  ...'ett två tolv tjugo fem etthundrafyrtio hundra tusen noll genom plus gånger till minus och en halv'.split(' '),
  ...'milligram procent grader per liter minut tabletter 12 3,5 50mg 140/85 dagar mars femtonde tjugo fjärde'.split(
    ' ',
  ),
  ...'klockan halv telefon personnummer typ diabetes hb a ett c crp b p glukos doktor Andersson, patienten. Ont'.split(
    ' ',
  ),
  ...'kan inte i på vid denna CRP dagarpunkt. fråge tecken årig sextiotreårig [rytm] ” ( -'.split(' '),
];

/** Words with times in their order and with pauses of all kinds. */
export function anyWords(): fc.Arbitrary<DictatedWord[]> {
  const word = fc.record({
    text: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...VOCABULARY) }, { weight: 1, arbitrary: fc.string() }),
    pauseSeconds: fc.constantFrom(0, 0, 0, 0, 0.1, 0.3, 0.65, 0.8, 2, 3),
    durationSeconds: fc.constantFrom(0, 0.2, 0.4, 1.5),
    probability: fc.constantFrom(0.2, 0.9),
  });
  return fc.array(word, { maxLength: 40 }).map((words) => {
    let seconds = 0;
    return words.map(({ text, pauseSeconds, durationSeconds, probability }, index) => {
      const startSeconds = seconds + pauseSeconds;
      seconds = startSeconds + durationSeconds;
      return { id: String(index), text, startSeconds, endSeconds: seconds, probability };
    });
  });
}
