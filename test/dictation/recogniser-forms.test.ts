import { describe, expect, test } from 'vitest';
import type { DictatedWord } from '../../src/contracts/dictation.ts';
import { dictated, written } from './say.ts';

// biome-ignore format: a table is read by its lines
const SPOKEN_ONLY: readonly (readonly [heard: string, written: string])[] = [
  // what the bundled model wrote for clips of the fixtures
  ['Otörbesök om sex veckor.', 'Otörbesök om sex veckor'],
  ['Otarbesök om sex veckor.', 'Otarbesök om sex veckor'],
  ['Otörbesök om sex, veckor med provaren vecka innan.', 'Otörbesök om sex veckor med provaren vecka innan'],
  ['Otörbesök, om sex, veckor med provaren vecka innan.', 'Otörbesök om sex veckor med provaren vecka innan'],
  ['Otörbesök, om tre månader hos Doktor Lind.', 'Otörbesök om tre månader hos doktor Lind'],
  ['Återbesök, Amtre Mona derhus Doktor Lind.', 'Återbesök Amtre Mona derhus doktor Lind'],
  ['Inget återbesök.', 'Inget återbesök'],
  ['Patienten söker, för ont i bröstet sedan två dagar.', 'Patienten söker för ont i bröstet sedan två dagar'],
  ['Patienten söker, för ont i brastet sedan två dagar.', 'Patienten söker för ont i brastet sedan två dagar'],
  ['Telefon Tid på Fredag', 'Telefon tid på fredag'],
  ['Prove tangning, en vecka innan besöket.', 'Prove tangning en vecka innan besöket'],
  ['Provedangning en vecka i namn besöket.', 'Provedangning en vecka i namn besöket'],
  ['Patienten mor bra punkt.', 'Patienten mor bra.'],
  ['Bedömning Kulon, mistankt langenflamashun, punkt nu rad, återd Kulon penisselin, ett gram tre gånger dagligen i shoe dagar punkt.', 'Bedömning: mistankt langenflamashun.\nÅterd: penisselin 1\u00A0g tre gånger dagligen i shoe dagar.'],
  ['Vi åka, dusen metoprullo, till femtio milligrampunkt.', 'Vi åka dusen metoprullo till 50\u00A0mg.'],
  ['Vi ökar dusen metoprullul till femtio miligramm punkt.', 'Vi ökar dusen metoprullul till 50\u00A0mg.'],
  ['Otarbesök om sex veckor hos Dr. Andersson punkt.', 'Otarbesök om sex veckor hos dr Andersson.'],
  ['Inget återbesök, behovspunkt hur av sig vid fashioningpunkt.', 'Inget återbesök behovs. Hur av sig vid fashioning.'],
  ['Patienten Kalas till Lungrentien innan 2 veckor punkt.', 'Patienten Kalas till Lungrentien innan två veckor.'],
  ['Ni stikar status kulon god almond tillståndpunkt.', '\n\nStatus: god almond tillstånd.'],
  ['Senna, patienten till bivarkningarna frogetekkan.', 'Senna patienten till bivarkningarna?'],
  ['Långur, vesekulara anningsciud bilateralpant.', 'Långur vesekulara anningsciud bilateral.'],
  ['Shookskriv en till och med, den femtonde marspont.', 'Shookskriv en till och med den 15 mars.'],
  ['Temperatur, tre tiotakoma fem grader punkts.', 'Temperatur 3 tiotakoma 5 grader.'],
  ['tog på arabiska behövs vid nästa besökpunkt.', 'Tog på arabiska behövs vid nästa besök.'],
  // spellings of commands
  ['trött nyrad yr', 'Trött\nYr'],
  ['trött ny-rad yr', 'Trött\nYr'],
  ['Trött. Ny rad. Yr.', 'Trött\nYr'],
  ['trött punktnyrad yr', 'Trött.\nYr'],
  ['trött komma, yr', 'Trött, yr'],
  ['feber frågetäcken', 'Feber?'],
  ['feber fråge tecken', 'Feber?'],
  ['obs utropstäcken', 'Obs!'],
  ['knä parantes vänster parantes', 'Knä (vänster)'],
  ['sa citatecken bra citatecken', 'Sa ”bra”'],
  ['trött Punkt. Yr', 'Trött. Yr'],
  ['STATUS kolon gott', 'STATUS: gott'],
  ['status kolon. Gott', 'Status: gott'],
  ['(vänster) knä', 'Vänster knä'],
  ['... – "', ''],
  // capitals
  ['CRP 5 och EKG', 'CRP 5 och EKG'],
  ['HbA1c 48', 'HbA1c 48'],
  ['pH 7,4', 'pH 7,4'],
  ['hos doktor andersson', 'Hos doktor Andersson'],
  ['ring doktorn och boka', 'Ring doktorn och boka'],
  ['hos Lind', 'Hos Lind'],
  ['hennes syster opererades', 'Hennes syster opererades'],
  ['igår och idagpunkt.', 'Igår och idag.'],
  ['ont. Sedan två dagar', 'Ont sedan två dagar'],
  ['2 veckor', 'Två veckor'],
  ['1 vecka', 'En vecka'],
  ['1 år', 'Ett år'],
];

describe('only what is said counts, by default:', () => {
  test.each(SPOKEN_ONLY)('%s -> %j', (heard, expected) => expect(written(heard)).toBe(expected));
});

// biome-ignore format: a table is read by its lines
const BOTH: readonly (readonly [heard: string, written: string])[] = [
  ['Patienten söker, för ont. Sedan två dagar.', 'Patienten söker, för ont. Sedan två dagar.'],
  ['Patienten mår bra punkt.', 'Patienten mår bra.'],
  ['Patienten mår bra. Punkt. Yr.', 'Patienten mår bra. Yr.'],
  ['Trött, komma, yr', 'Trött, yr'],
  ['Trött, punkt. Yr', 'Trött. Yr'],
  ['Trött. ··· Punkt.', 'Trött.'],
  ['Trött, ··· punkt.', 'Trött.'],
  ['Femtio milligram. Ny rad. Yr', '50\u00A0mg.\nYr'],
  ['Femtio milligram, ny rad. Yr', '50\u00A0mg\nYr'],
  ['Trött. Stor bokstav, yr', 'Trött. Yr'],
  ['Trött. Gå till status.', 'Trött.'],
  ['Mår du bra? Ja.', 'Mår du bra? Ja.'],
];

describe('the recogniser’s own marks stand where no spoken one does, when both count:', () => {
  test.each(BOTH)('%s -> %j', (heard, expected) =>
    expect(written(heard, { automaticPunctuation: 'both' })).toBe(expected),
  );
});

describe('words of the clinic', () => {
  test('are written as the clinic writes them', () => {
    expect(written('fråga lind om waran hos constructor', { vocabulary: ['Lind', 'Waran'] })).toBe(
      'Fråga Lind om Waran hos constructor',
    );
  });
});

describe('a pause that hides in a long word', () => {
  const word = (text: string, startSeconds: number, endSeconds: number): DictatedWord => ({
    id: text,
    text,
    startSeconds,
    endSeconds,
    probability: 1,
  });

  test('counts like silence between words', () => {
    const fluent = [word('allt', 0, 0.3), word('nästa', 0.3, 0.7), word('gott', 0.7, 1)];
    const isolated = [word('allt', 0, 1.6), word('nästa', 1.6, 3.2), word('gott', 3.2, 3.6)];
    expect(
      dictated(fluent)
        .state.note.sections.map(({ text }) => text)
        .slice(0, 2),
    ).toEqual(['Allt nästa gott', '']);
    expect(
      dictated(isolated)
        .state.note.sections.map(({ text }) => text)
        .slice(0, 2),
    ).toEqual(['Allt', 'Gott']);
  });
});
