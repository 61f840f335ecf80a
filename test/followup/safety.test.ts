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

describe('what a misheard word turns into something else is not ready to book:', () => {
  test.each([
    ['Hår, Redan tid boka hos ortopeden'],
    ['Hår tid på ortopeden den 14 april'],
    ['Remiss skicka till ortopeden.'],
    ['Remiss till ortopeden, skickat tre mars.'],
    ['Maken, behöver ny tid hos Doktor Ek nästa vecka.'],
    ['Remiss till Kiyrgen Behövs, inte och inte heller Något återbesök'],
    ['Am besvären kvarstår efter fysioterapi, remiss till ortopeden.'],
    ['Remiss öron, återbesök hos mig näremissvar inkommit'],
    ['PSA om te månader vid stigande värde remiss urologen'],
    ['Återbesök om ett år hos mig. Dotten ville också ha en ted, för sitt eksem.'],
    ['Skydade personuppgifter. återbesök om fyra veckor hos doktor Ek,'],
    ['Hembesök av distriktssköterska, var Annan vecka för såromläggning, start i morgon'],
    ['Kallas om ett dag till sg.'],
    ['Återbesök freda 26 Mars.'],
    ['Åter i arbeta om 2 veckor.'],
    ['Koloskopi om tre veckor, Xarelto pausas tfå daar föe'],
    ['Nu tid om 3 veckor'],
  ])('%s', (text) => {
    expect(readDictated(text).route).not.toBe('auto');
  });
});

describe('a command that takes back', () => {
  test('what was denied leaves no decision', () => {
    const reading = readDictated('Inget återbesök behövs. Stryk det.');
    expect(reading).toMatchObject({ decisions: [], route: 'review', flags: ['voice_command'] });
  });

  test('what stood elsewhere is shown to staff', () => {
    expect(readDictated('stryk det')).toMatchObject({ route: 'review', followUps: [{ requests: [] }] });
  });
});

describe('an order is not lost beside something else:', () => {
  test.each([
    ['sätter ut enalapril och tar nytt kreatinin om fjorton dagar', 'provtagning'],
    ['Om CRP stiger ska han komma till läkare i morgon.', 'aterbesok'],
    ['kom inte idag men ringde ny tid om två veckor hos dietisten', 'aterbesok'],
    ['Slätröntgen höger knä nu i veckan, jag ringer pat med svaret.', 'telefon'],
    ['Byt tid, kan inte komma den 24 mars, helst veckan före.', 'ombokning'],
  ])('%s', (text, type) => {
    expect(requestsOf(readTyped(text)).map((request) => request.type)).toContain(type);
  });
});

test('a booking that is moved to a weekday is moved to the first after its own day', () => {
  const [request] = requestsOf(readTyped('Flytta tiden 19 mars till fredag.'));
  expect(request).toMatchObject({ booking_date: '2026-03-19', time: { target: '2026-03-20' } });
});

test('the words of a reason hold no sign that parts it from what came before', () => {
  const { setAside } = readTyped('Mår bra, var på återbesök hos dr Lind i januari.');
  expect(setAside.map(({ source }) => source.text)).toEqual(['var på återbesök hos dr Lind i januari']);
});
