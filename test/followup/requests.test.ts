import { describe, expect, test } from 'vitest';
import { readTyped, requestsOf } from './reading.ts';

const summary = (text: string) => requestsOf(readTyped(text)).map(({ type, role, service }) => [type, role, service]);

describe('what is asked for follows from a word, its inflection or its parts:', () => {
  test.each([
    ['Återbesöket tas om 3 mån.', 'aterbesok'],
    ['Nb dietist om 4 v.', 'nybesok'],
    ['Provsvarstid per tfn v 13.', 'telefon'],
    ['Läkartid om 3 v.', 'aterbesok'],
    ['Röntgenremiss vänster axel inom 4 v.', 'rontgen'],
    ['Blodtryckskontroll om 2 v.', 'undersokning'],
    ['Influensavaccin i oktober.', 'vaccination'],
    ['Remiss till ögonkliniken.', 'remiss'],
    ['SIP-möte om 3 v.', 'mote'],
    ['Avboka tiden 24 mars.', 'avbokning'],
  ])('%s', (text, type) => {
    expect(requestsOf(readTyped(text)).map((request) => request.type)).toEqual([type]);
  });
});

describe('several requests of one sentence get what belongs to each:', () => {
  test('a further time after a plus sign is a further visit', () => {
    expect(summary('Åb dsk 1 v + läk 6 v.')).toEqual([
      ['aterbesok', 'distriktsskoterska', undefined],
      ['aterbesok', 'lakare', undefined],
    ]);
  });

  test('a test lies before the visit that is named, not the nearest in the text', () => {
    const [, visit, test] = requestsOf(readTyped('Åb 2v dsk + 3 mån dr, prover 1v innan dr'));
    expect(test).toMatchObject({ before: visit!.id, time: { offset: '-P1W', target: '2026-06-03' } });
  });

  test('the order may be reversed', () => {
    const [lab, visit] = requestsOf(readTyped('En vecka innan återbesöket om tre månader tas Hb.'));
    expect([lab, visit].map((request) => request?.type).sort()).toEqual(['aterbesok', 'provtagning']);
  });

  test('alternatives share their time', () => {
    const [phone, video] = requestsOf(readTyped('Telefontid eller videobesök om 3 v.'));
    expect(video).toMatchObject({ alternative_to: phone!.id });
    expect(phone!.time).toEqual(video!.time);
  });

  test('examinations wait for nothing but carry what is unsafe word for word', () => {
    const [exam] = requestsOf(readTyped('MR hjärna om 2 v. Har pacemaker.'));
    expect(exam?.safety_verbatim).toEqual(['Har pacemaker']);
  });
});

describe('what is no plan asks for nothing:', () => {
  test.each([
    ['Metoprolol 50 mg 1x1.'],
    ['Remiss skickad till ortopeden.'],
    ['Svar på MR ländrygg visar ingen diskbråcksbild.'],
    ['Kontrollerade blodtrycket hos dsk för två veckor sedan: 142/84.'],
    ['Har återbesök inbokat hos dr Holm 2 april.'],
    ['Pat hör av sig vb.'],
    ['Provsvar: krea 88, eGFR 62.'],
    ['EKG: sinusrytm.'],
    ['Sjukskrivs 100 % t.o.m. 5 april.'],
  ])('%s', (text) => {
    expect(requestsOf(readTyped(text))).toEqual([]);
    expect(readTyped(text).route).toBe('none');
  });
});

describe('a denial is a decision:', () => {
  test.each([
    ['Inget återbesök behövs.', ['aterbesok']],
    ['Inga fler kontroller behövs.', ['aterbesok']],
    ['Remiss till psykiatrin är inte aktuell.', ['remiss']],
    ['Åb inte aktuellt, prover behöver inte tas om.', ['aterbesok', 'provtagning']],
  ])('%s', (text, negated) => {
    const reading = readTyped(text);
    expect(reading.decisions.map(({ type }) => type)).toEqual(negated);
    expect(reading.followUps).toEqual([]);
  });
});

describe('what only somebody else can settle is never ready to book:', () => {
  test.each([
    ['Åb om 3 mån om besvären kvarstår.', 'hold'],
    ['Åb när svar kommit från ortopeden.', 'hold'],
    ['Ev. MR knä.', 'hold'],
    ['Åb AT 3 v.', 'clinician'],
    ['Dottern ska ha återbesök om en månad.', 'clinician'],
    ['Remiss skrivs.', 'clinician'],
    ['Nybesök inom 90 dagar.', 'clinician'],
    ['Koloskopi om 3 v, Waran sätts ut 3 dagar innan.', 'review'],
    ['Åb 6 v efter operationen.', 'review'],
    ['Åb om 2 v, prover några dagar innan.', 'review'],
    ['Skyddad identitet. Åb om 4 v.', 'review'],
  ])('%s', (text, route) => {
    expect(readTyped(text).route).toBe(route);
  });
});
