import { describe, expect, test } from 'vitest';
import { readDictated, readTyped, requestsOf } from './reading.ts';

const typesOf = (text: string) => requestsOf(readTyped(text)).map(({ type }) => type);

describe('what a note tells beside its plan asks for nothing:', () => {
  test.each([
    ['Remiss fysioterapeut för hjärtskola skickad i dag.'],
    ['Remiss från VC pga knäsmärta.'],
    ['Fortsätter gå hos sjukgymnast en gång i veckan.'],
    ['Pat går på kontroller hos ögonläkare varje år.'],
    ['Har återbesök hos dr Ek om 3 v.'],
    ['Troponin x 2 neg.'],
    ['Rtg av handen ua enl svar från februari.'],
    ['Pat ringer för ny tid vid behov.'],
    ['Instruerad av fysioterapeut Björk i dag.'],
  ])('%s', (text) => {
    expect(typesOf(`Anamnes\n${text}`)).toEqual([]);
    expect(typesOf(text)).toEqual([]);
  });

  test('that something was to be done is no order under a heading for what has been', () => {
    expect(typesOf('Anamnes\nSkulle följas upp på VC om en vecka men detta blev inte av.')).toEqual([]);
  });

  test('the kind of contact that a note begins with is a heading; of a phrase it is the plan', () => {
    expect(typesOf('Telefonkontakt\nPat mår bra. Provsvar ua. PSA om 3 mån.')).toEqual(['provtagning']);
    expect(typesOf('Telefonkontakt')).toEqual(['telefon']);
  });

  test('a wish of one section is not carried to another’s plan', () => {
    const [visit] = requestsOf(readTyped('Anamnes\nTrött på morgonen.\n\nPlanering\nÅb hos mig om 3 v.'));
    expect(visit).not.toHaveProperty('patient_pref');
  });

  test('what is said again with its time is one request', () => {
    expect(typesOf('Behöver utredas med spirometri. Planering: Spirometri hos ssk om 6 v.')).toEqual(['undersokning']);
  });
});

describe('a plan is not lost', () => {
  test.each([
    ['patienten hör av sig vid behov återbesök om tre månader hos doktor ek', 'aterbesok'],
    ['sjukskriven på halvtid i fyra veckor återbesök hos mig om tre veckor', 'aterbesok'],
    ['nästa tid om ja vad ska vi säga åtta veckor hos dsk', 'aterbesok'],
  ])('beside other talk: %s', (text, type) => {
    expect(requestsOf(readDictated(text)).map((request) => request.type)).toEqual([type]);
  });

  test.each([
    ['Vid positivt F-Hb koloskopi.', 'undersokning'],
    ['Om CRP > 50 lungröntgen.', 'rontgen'],
    ['Ny MR vid försämring.', 'rontgen'],
    ['Åb efter genomförd gastroskopi.', 'aterbesok'],
  ])('that waits for something: %s', (text, type) => {
    expect(readTyped(text).route).toBe('hold');
    expect(typesOf(text)).toEqual([type]);
  });

  test('for either of two roles named together', () => {
    expect(requestsOf(readTyped('Åb dietist och fysioterapeut om 4 v.'))).toMatchObject([
      { role: 'dietist', time: { target: '2026-04-07' } },
      { role: 'fysioterapeut', time: { target: '2026-04-07' } },
    ]);
  });

  test('that counts from an operation told of before', () => {
    expect(requestsOf(readTyped('Opererad 2 mars, suturtagning hos dsk 10 dagar efter operationen.'))).toMatchObject([
      { anchor: { date: '2026-03-02' }, time: { target: '2026-03-12' } },
    ]);
  });
});

describe('denials', () => {
  test.each([
    ['Behöver inte komma på återbesök.', ['aterbesok']],
    ['Kallas ej för ny koloskopi.', ['undersokning']],
    ['Remiss till kirurgen behövs inte och inte heller något återbesök.', ['remiss', 'aterbesok']],
  ])('are decisions: %s', (text, types) => {
    expect(readTyped(text)).toMatchObject({ route: 'none', followUps: [] });
    expect(readTyped(text).decisions.map(({ type }) => type)).toEqual(types);
  });
});
