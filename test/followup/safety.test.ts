import { describe, expect, test } from 'vitest';
import { readDictated, readTyped, requestsOf } from './reading.ts';

const flagsOf = (reading: ReturnType<typeof readTyped>) => reading.flags;

describe('a correction of anything is looked at by a person, and the last word holds:', () => {
  test.each([
    ['Remiss till ortopeden, nej förlåt, till kirurgen', { to: 'kirurgen' }],
    ['återbesök hos doktor Lind nej förlåt hos doktor Ek om tre veckor', { practitioner: 'Ek' }],
    ['åb om tre veckor hos dsk nej vänta hos ssk', { role: 'sjukskoterska' }],
    ['remiss till dietist nej till kurator', { to: 'kurator' }],
  ])('%s', (text, fields) => {
    const reading = readDictated(text);
    expect(flagsOf(reading)).toContain('self_correction');
    expect(requestsOf(reading)).toMatchObject([fields]);
  });

  test('also where no rule can carry it out', () => {
    expect(readDictated('röntgen höger knä nej jag menar vänster knä inom två veckor').route).toBe('review');
  });
});

describe('words that limit a plan and that nothing reads keep it from being ready:', () => {
  test.each([
    ['Åb om 4 v, tidigare vid försämring.'],
    ['Åb om 4 v eller tidigare vid behov hos dr Ek.'],
    ['Åb 6 v dsk, vb tidigare.'],
    ['Åb 1 år, dock tidigare om TSH stiger.'],
    ['Åb om 2 mån, sedan glesare.'],
    ['Åb om 3 mån, annars 6 mån.'],
    ['Åb om 3 mån men inte hos dr Ek.'],
    ['Åb hos henne om 3 v.'],
    ['Åb hos vikarien om 3 v.'],
    ['Åb på annan vårdcentral om 4 v.'],
    ['Åb om 3 mån på filialen.'],
    ['Åb om 3 v på vårdcentralen i Storuman.'],
    ['Åb dsk om 2, 4 och 6 veckor.'],
    ['Åb 15/3 eller 17/3 dsk.'],
    ['Åb om 3 mån alternativt tfn om 2 v.'],
    ['Åb 3 mån? dr Lind.'],
  ])('%s', (text) => {
    expect(['review', 'hold', 'clinician']).toContain(readTyped(text).route);
    expect(requestsOf(readTyped(text)).length).toBeGreaterThan(0);
  });
});

describe('a question mark', () => {
  test('after a plan makes it a question', () => {
    expect(flagsOf(readTyped('Remiss ortoped?'))).toContain('needs_clinical_decision');
  });

  test('after what is looked for leaves the plan as it is', () => {
    expect(readTyped('DT buk inom 2 v, metastaser?').route).toBe('auto');
  });
});

describe('what must be known before an examination', () => {
  test.each([
    ['DT buk med kontrast inom 2 v, krea 145.', ['krea 145']],
    ['DT hals med kontrast, allergi mot jod.', ['allergi mot jod']],
  ])('is kept word for word: %s', (text, words) => {
    expect(readTyped(text).route).toBe('clinician');
    expect(requestsOf(readTyped(text))[0]?.safety_verbatim).toEqual(words);
  });

  test.each([
    ['DT buk inom 2 v, ingen känd allergi.'],
    ['Lab: krea 92, eGFR 72.\nPlanering: DT buk inom 2 v.'],
    ['Krea 92. Spirometri om 2 v.'],
  ])('is not denied danger, nor a list of values: %s', (text) => {
    expect(readTyped(text).route).toBe('auto');
  });
});

describe('a dictated name', () => {
  test.each([['lind'], ['nyström'], ['åkesson'], ['Hassan']])('that reads as one is taken: %s', (name) => {
    expect(readDictated(`återbesök hos doktor ${name} om tre månader`).route).toBe('auto');
  });

  test.each([['blind'], ['vekorna'], ['stjort']])('that does not is uncertain: %s', (name) => {
    expect(readDictated(`återbesök hos doktor ${name} om tre månader`).route).toBe('review');
  });
});

describe('a visit for somebody else is nobody’s here:', () => {
  test.each([
    ['Boka även tid för dottern om 2 v.'],
    ['Boka en tid till hans fru hos dsk om 2 v.'],
    ['Lillasyster behöver också en tid hos oss.'],
  ])('%s', (text) => {
    expect(readTyped(text)).toMatchObject({ route: 'clinician', followUps: [{ requests: [] }] });
  });

  test.each([['Syster kontrolleras årligen.'], ['Mamman har märkt att besvären kommer efter besök hos farmor.']])(
    'heredity and those who tell are no plan: %s',
    (text) => {
      expect(readTyped(text)).toMatchObject({ route: 'none', followUps: [] });
    },
  );
});

describe('a dictated word that nothing knows keeps a plan from being ready, wherever in the sentence it stands:', () => {
  test.each([
    ['PSA om tre månader, ved stigande Värde, remiss yrologen'],
    ['MR knä inom fyra veckor, cochl Eaimpllantat höger'],
    ['Uteblöv idag, ny kallelse skickas'],
    ['Återbesök att fyra veckor'],
    ['Warån Sättts ut fem dagal innan besöket. återbesök fyra veckor sjuksköterska'],
  ])('%s', (text) => {
    expect(readDictated(text).route).not.toBe('auto');
    expect(requestsOf(readDictated(text)).length).toBeGreaterThan(0);
  });
});
