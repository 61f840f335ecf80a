import { describe, expect, test } from 'vitest';
import { readDictated, readTyped, requestsOf } from './reading.ts';

describe('a denial of one part of a plan leaves the other:', () => {
  test.each([
    ['Återbesök behövs inte om sex veckor utan om tre månader.', 'review', { target: '2026-06-10' }],
    ['Ej återbesök om 6 v utan om 3 mån.', 'review', { target: '2026-06-10' }],
    ['Inte återbesök utan telefonuppföljning om 2 veckor.', 'auto', { target: '2026-03-24' }],
    ['Ingen remiss utan återbesök om sex veckor.', 'auto', { target: '2026-04-21' }],
    ['Inget återbesök hos mig men hos diabetessköterska om tre månader.', 'review', { target: '2026-06-10' }],
    ['Behöver inte komma på återbesök förrän om sex månader.', 'review', { earliest: '2026-09-10' }],
  ])('%s', (text, route, time) => {
    const reading = readTyped(text);
    expect(reading.route).toBe(route);
    expect(requestsOf(reading)).toMatchObject([{ time }]);
  });

  test('and "utan" alone denies what follows it', () => {
    const reading = readTyped('Återbesök om sex veckor hos mig utan prover.');
    expect([reading.route, reading.decisions.map(({ type }) => type)]).toEqual(['auto', ['provtagning']]);
  });
});

describe('a time to come beside a denial or in what has been, which nothing reads, is looked at:', () => {
  test.each([
    ['Åb inte nödvändigt om 3 mån, räcker om 6 mån.'],
    ['Behöver inte komma förrän om sex månader.'],
    ['Förra planen var återbesök om 6 veckor.'],
  ])('%s', (text) => expect(readTyped(text).route).toBe('review'));
});

describe('a plan under a condition waits:', () => {
  test.each([
    ['Återbesök om 6 veckor om svaret på MR är klart.'],
    ['Återbesök om 6 veckor hos mig om remissvaret kommit.'],
    ['Återbesök om 3 mån såvida inte proverna är normala.'],
    ['Återbesök om 6 v med förbehåll för provsvar.'],
    ['Antibiotika i tio dagar, återbesök vid utebliven effekt.'],
  ])('%s', (text) => {
    const reading = readTyped(text);
    expect([reading.route, reading.decisions]).toEqual(['hold', []]);
    expect(requestsOf(reading)[0]?.condition).toBeTruthy();
  });
});

describe('a correction in a sentence of its own holds:', () => {
  test.each([
    ['Återbesök om 6 veckor. Ändring: 8 veckor.', '2026-05-05'],
    ['Återbesök om tre veckor. Ursäkta, fyra.', '2026-04-07'],
    ['Återbesök om tre veckor. Nej, om fyra.', '2026-04-07'],
  ])('%s', (text, target) => {
    const reading = readTyped(text);
    expect(reading.flags).toContain('self_correction');
    expect(requestsOf(reading)).toMatchObject([{ time: { target } }]);
  });
});

describe('what the patient sees to, declines or only hears of is never ready to book:', () => {
  test.each([
    ['Återbesök om 3 mån, pat ringer själv.', 'patient_books'],
    ['Återbesök om 3 mån. Patienten bokar själv.', 'patient_books'],
    ['Återbesök om 3 mån. Pat avböjer.', 'patient_declines'],
    ['Återbesök om 3 mån, patienten vill fundera.', 'patient_declines'],
    ['Återbesök om 3 mån, oklart hos vem.', 'role_missing'],
    ['Återbesök om 3 mån, se nedan.', 'unread_text'],
    ['Tidigare plan: återbesök om 3 mån.', 'refers_to_existing_plan'],
    ['Enligt epikrisen ska återbesök ske om 3 mån.', 'hearsay'],
    ['Patienten säger att dr Lind sagt återbesök om 3 mån.', 'hearsay'],
    ['Återbesök om 3 mån för patientens dotter.', 'other_person'],
  ])('%s', (text, flag) => {
    const reading = readTyped(text);
    expect(reading.flags).toContain(flag);
    expect(['review', 'clinician']).toContain(reading.route);
  });

  test.each([
    ['Återbesök om 6 v hos mig, patienten ringer vid försämring.'],
    ['Patienten tackar ja till återbesök om 4 v hos mig.'],
    ['Enligt patientens önskemål telefontid hos mig om 4 v.'],
    ['Ändring av medicinlistan gjord. Återbesök om 6 v hos mig.'],
  ])('and nothing else is held back by it: %s', (text) => expect(readTyped(text).route).toBe('auto'));
});

describe('what the note is about or goes on with is no plan:', () => {
  test.each([
    ['Kommer idag för återbesök.'],
    ['Läkarbesök idag pga hosta.'],
    ['Patienten bokar själv återbesök om 3 mån.'],
    ['Hör av sig själv för återbesök om ett halvår.'],
  ])('%s', (text) => {
    const reading = readTyped(text);
    expect(reading.route).toBe('none');
    expect(reading.setAside).not.toEqual([]);
  });

  test.each([['Fortsatt blodtrycksbehandling.'], ['Sårbehandling fortsätter.'], ['Infektionsbehandling.']])(
    'Planering: %s',
    (text) => expect(readTyped(`Planering: ${text}`).route).toBe('none'),
  );

  test('but a treatment with a day is', () => {
    expect(readTyped('Planering: Sårbehandling hos dsk om en vecka.').route).toBe('auto');
  });

  test('nor does it hide what follows it', () => {
    const reading = readDictated('remiss skickad förra veckan återbesök när de svarat');
    expect([reading.route, requestsOf(reading).map(({ type }) => type)]).toEqual(['hold', ['aterbesok']]);
  });
});
