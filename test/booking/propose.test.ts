import { describe, expect, test } from 'vitest';
import { judgeTimes } from '../../src/booking/judge.ts';
import type { Placement } from '../../src/booking/placing.ts';
import type { CalendarQuestion } from '../../src/booking/plan.ts';
import { proposeTimes } from '../../src/booking/propose.ts';
import { givenUpBy, reasonsFor } from '../../src/booking/reasons.ts';
import { linkedNeeds } from '../../src/booking/search-days.ts';
import { TakenTimes } from '../../src/booking/taken-times.ts';
import type { VisitNeed } from '../../src/booking/visit-need.ts';
import { wishesIn } from '../../src/booking/wishes.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import {
  A_WEEK_BEFORE,
  about,
  at,
  closure,
  day,
  everyWeekday,
  LAB_TYPE,
  need,
  PATIENT,
  person,
  question,
  schedule,
  span,
  TODAY,
  visitType,
} from './made-unit.ts';

const WANTED = 6;

function timesFor(needs: readonly VisitNeed[], over: Partial<CalendarQuestion> = {}) {
  return proposeTimes(question(needs, over), WANTED, 'alternatives');
}

/** "lind 2026-04-21 08:00" for each visit. */
function told({ visits }: Placement): string[] {
  return visits.map(({ performerId, startMs }) => {
    const { date, time } = stockholmClockAt(startMs);
    return `${performerId} ${date} ${time}`;
  });
}

const wishes = ({ givesUp }: Placement) => wishesIn(givesUp);

describe('one visit', () => {
  test('is proposed on the day that is meant, and on the days before, never after måldatum', () => {
    const { proposals, alternatives } = timesFor([need({ time: about('2026-04-21') })]);
    expect(proposals).toHaveLength(WANTED);
    const dates = proposals.map(({ visits }) => visits[0]!.date);
    expect(dates.slice(0, 2)).toEqual(['2026-04-21', '2026-04-21']);
    expect(new Set(dates).size).toBe(3);
    expect(dates.every((date) => date <= '2026-04-21' && date >= '2026-04-13')).toBe(true);
    expect(alternatives).toEqual([]);
  });

  test('says why: måldatum, the person, the wish', () => {
    const fields = { time: about('2026-04-21'), patient_pref: { daypart: 'eftermiddag' as const } };
    const [best] = timesFor([need(fields, { practitionerId: 'lind' })]).proposals;
    expect(told(best!)).toEqual(['lind 2026-04-21 13:00']);
    expect(reasonsFor(best!, TODAY)).toEqual([
      'På måldatum, tis 21 april',
      'Hos lind, som ordinerats',
      'Eftermiddag, som patienten önskar',
    ]);
    expect(givenUpBy(best!, TODAY)).toEqual([]);
  });

  test('is on the last working day before a måldatum that is free, and says so', () => {
    // Midsommarafton is a Friday.
    const { proposals } = timesFor([need({ time: about('2026-06-20') })], { lastDay: day('2026-08-01') });
    expect(proposals.map(({ visits }) => visits[0]!.date)).toEqual([
      ...Array(2).fill('2026-06-18'),
      ...Array(2).fill('2026-06-17'),
      ...Array(2).fill('2026-06-16'),
    ]);
    expect(reasonsFor(proposals[0]!, TODAY)).toContain('Sista arbetsdagen före måldatum lör 20 juni');
    expect(reasonsFor(proposals[4]!, TODAY)).toContain('Tre arbetsdagar före måldatum lör 20 juni');
  });

  test('is nearest to the day that is meant where måldatum leaves room after it, on either side', () => {
    const time = { ...about('2026-04-21'), mal_datum: '2026-04-28' };
    const busy = new TakenTimes(
      ['lind', 'sandberg'].map((who) => [who, [span('2026-04-21 08:00', '16:00'), span('2026-04-22 08:00', '12:00')]]),
    );
    const { proposals } = timesFor([need({ time })], { taken: busy });
    expect(proposals.map(({ visits }) => visits[0]!.date).slice(0, 4)).toEqual([
      '2026-04-20',
      '2026-04-20',
      '2026-04-22',
      '2026-04-22',
    ]);
    expect(reasonsFor(proposals[2]!, TODAY)).toEqual([
      'En dag efter den dag som ordinerats, tis 21 april',
      'Fyra arbetsdagar före måldatum tis 28 april',
    ]);
  });

  test('goes to whom the patient has met, when nobody is named', () => {
    const [best] = timesFor([need({ time: about('2026-04-21') }, { lastMetStaffId: 'sandberg' })]).proposals;
    expect(told(best!)).toEqual(['sandberg 2026-04-21 08:00']);
    expect(reasonsFor(best!, TODAY)).toContain('sandberg har träffat patienten förut');
  });

  test('is never before "tidigast", whatever is given up', () => {
    const from = { kind: 'efter_datum', expr: 'tidigast 20 april', earliest: '2026-04-20' } as const;
    const shut = closure({ firstDay: '2026-04-20', lastDay: '2026-12-31' });
    const { proposals, alternatives } = timesFor([need({ time: from })], {
      schedule: { ...schedule(), closures: [shut] },
    });
    expect([...proposals, ...alternatives]).toEqual([]);
  });

  test('keeps to red days and to the patient’s days', () => {
    const within = {
      kind: 'vecka',
      expr: 'v 20',
      earliest: '2026-05-11',
      latest: '2026-05-15',
      mal_datum: '2026-05-15',
    } as const;
    const wished = { not_weekdays: ['man' as const], not_dates: [['2026-05-12', '2026-05-13']] };
    const { proposals } = timesFor([need({ time: within, patient_pref: wished })]);
    expect(new Set(proposals.map(({ visits }) => visits[0]!.date))).toEqual(new Set(['2026-05-15']));
    expect(reasonsFor(proposals[0]!, TODAY)).toContain('Klämdag');
  });

  test('takes as many times in a row as it needs, and none across a pause', () => {
    const long = need({ time: about('2026-04-21'), duration_min: 120 });
    const [best] = timesFor([long], {
      taken: new TakenTimes([
        ['lind', [span('2026-04-21 09:00', '09:30')]],
        ['sandberg', [span('2026-04-21 08:00', '16:00')]],
      ]),
    }).proposals;
    expect(told(best!)).toEqual(['lind 2026-04-21 09:30']);
  });

  test('has its length by the clinician, else by the visit type, and more with an interpreter', () => {
    const types = [visitType({ durationMinutes: 20, interpreterExtraMinutes: 15 })];
    const minutes = (over: Parameters<typeof need>[0], language: string | null = null) => {
      const asked = need({ time: about('2026-04-21'), ...over }, { interpreterLanguage: language });
      const [visit] = timesFor([asked], { schedule: { ...schedule(), visitTypes: types } }).proposals[0]!.visits;
      return (visit!.endMs - visit!.startMs) / 60_000;
    };
    expect([minutes({}), minutes({ duration_min: 45 }), minutes({}, 'fa')]).toEqual([20, 45, 35]);
  });

  test('finds an interpreter who is there, and takes that time too', () => {
    const withInterpreter = {
      ...schedule(),
      resources: [
        ...schedule().resources,
        person('tolk', { kind: 'interpreter', staffId: null, role: null, language: 'fa' }),
      ],
      templates: [...schedule().templates, ...everyWeekday('tolk', { fromMinute: 840, untilMinute: 900 })],
    };
    const [best] = timesFor([need({ time: about('2026-04-21') }, { interpreterLanguage: 'fa' })], {
      schedule: withInterpreter,
    }).proposals;
    expect(told(best!)).toEqual(['lind 2026-04-21 14:00']);
    expect(best!.visits[0]!.otherResourceIds).toEqual(['tolk']);
    expect(reasonsFor(best!, TODAY)).toContain('Tolk i persiska är ledig');
  });

  test('leaves interpreters who have to be sent for time to come', () => {
    const soon = {
      kind: 'inom',
      expr: 'inom en vecka',
      earliest: TODAY,
      latest: '2026-03-17',
      mal_datum: '2026-03-17',
    } as const;
    const { proposals } = timesFor([need({ time: soon }, { interpreterLanguage: 'so' })]);
    expect(proposals.every(({ visits }) => visits[0]!.date >= '2026-03-13')).toBe(true);
    expect(reasonsFor(proposals[0]!, TODAY)).toContain('Tolk i somaliska beställs');
  });

  test('takes a free room and a piece of equipment along, and has no time without', () => {
    const room = (id: string) => person(id, { kind: 'room', staffId: null, role: null });
    const withRooms = {
      ...schedule(),
      resources: [
        ...schedule().resources,
        room('rum1'),
        room('rum2'),
        person('ekg', { kind: 'equipment', staffId: null, role: null }),
      ],
      visitTypes: [visitType({ roomIds: ['rum1', 'rum2'], equipmentIds: ['ekg'] })],
    };
    const taken = new TakenTimes([
      ['rum1', [span('2026-04-21 08:00', '16:00')]],
      ['ekg', [span('2026-04-21 08:00', '15:00')]],
    ]);
    const [best] = timesFor([need({ time: about('2026-04-21') })], { schedule: withRooms, taken }).proposals;
    expect(told(best!)).toEqual(['lind 2026-04-21 15:00']);
    expect(best!.visits[0]!.otherResourceIds).toEqual(['rum2', 'ekg']);
  });

  test('is not proposed in times that are lent to patients, until they come back to care', () => {
    const lent = { ...schedule(), templates: everyWeekday('lind', { lentUntilDays: 14 }) };
    const on = (target: string) => timesFor([need({ time: about(target) })], { schedule: lent });
    expect(on('2026-04-21').proposals).toEqual([]);
    expect(on('2026-04-21').alternatives.map(wishes)).toContainEqual(['lent']);
    expect(on('2026-03-20').proposals.length).toBeGreaterThan(0);
  });

  test.each([
    ['remiss', 'no_time_needed'],
    ['video', 'no_visit_type'],
  ] as const)('of the type %s has none, and the reason is %s', (type, reason) => {
    expect(timesFor([need({ type })]).problem).toEqual({ taskId: 'task-R1', reason });
  });

  test('of a competence that nobody has is nobody’s', () => {
    const asked = need({ time: about('2026-04-21'), role: 'psykolog' });
    const types = [visitType({ role: null })];
    expect(timesFor([asked], { schedule: { ...schedule(), visitTypes: types } }).problem?.reason).toBe(
      'nobody_does_it',
    );
  });
});

describe('when nothing fits', () => {
  test('each way of giving up one wish is told with its time and what it means', () => {
    const shut = closure({ resourceId: 'lind', firstDay: TODAY, lastDay: '2026-04-21' });
    const asked = need({ time: about('2026-04-21') }, { practitionerId: 'lind' });
    const { proposals, alternatives } = timesFor([asked], { schedule: { ...schedule(), closures: [shut] } });
    expect(proposals).toEqual([]);
    expect(alternatives.map(wishes)).toEqual([['person'], ['late']]);
    expect(told(alternatives[0]!)).toEqual(['sandberg 2026-04-21 08:00']);
    expect(told(alternatives[1]!)).toEqual(['lind 2026-04-22 08:00']);
    expect(alternatives.flatMap((one) => givenUpBy(one, TODAY)).map(({ words }) => words)).toEqual([
      'sandberg i stället för den som ordinerats (läkare)',
      'Återbesök läkare efter måldatum tis 21 april: fråga den som ordinerat',
    ]);
  });

  test('the patient’s own wish is given up before anything of the clinician’s', () => {
    const asked = need({ time: about('2026-04-21'), patient_pref: { weekdays: ['lor'] } }, { practitionerId: 'lind' });
    const [best] = timesFor([asked]).alternatives;
    expect(wishes(best!)).toEqual(['weekday']);
    expect(told(best!)).toEqual(['lind 2026-04-21 08:00']);
  });

  test('a måldatum that has passed is said so, with the first times that there are', () => {
    const asked = need({ time: about('2026-03-03') }, { orderedOn: day('2026-01-20') });
    const { alternatives } = timesFor([asked]);
    expect(alternatives.map(wishes)).toEqual(Array(5).fill(['late']));
    const [best] = alternatives;
    expect(told(best!)).toEqual(['lind 2026-03-10 08:00']);
    expect(reasonsFor(best!, TODAY)).toContain('Kort varsel: ring patienten');
  });

  test('nothing is given up for nothing: no way holds another within it', () => {
    const busy = new TakenTimes([['lind', [{ startMs: at('2026-03-10 00:00'), endMs: at('2026-04-21 23:00') }]]]);
    const asked = need(
      { time: about('2026-04-21'), patient_pref: { daypart: 'formiddag' } },
      { practitionerId: 'lind' },
    );
    const ways = timesFor([asked], { taken: busy }).alternatives.map(wishes);
    for (const way of ways) {
      expect(ways.filter((other) => other !== way && other.every((wish) => way.includes(wish)))).toEqual([]);
    }
  });
});

describe('visits that hang together', () => {
  const visit = need({ time: about('2026-04-21') });
  const lab = need({ id: 'R2', type: 'provtagning', before: 'R1', time: A_WEEK_BEFORE });

  test('are proposed together: the test a week before the visit', () => {
    const { proposals } = timesFor([visit, lab]);
    expect(told(proposals[0]!)).toEqual(['lab 2026-04-14 08:00', 'lind 2026-04-21 08:00']);
    expect(reasonsFor(proposals[0]!, TODAY)).toEqual(['Provtagning en vecka före', 'På måldatum, tis 21 april']);
    expect(proposals).toHaveLength(WANTED);
  });

  test('a test that cannot be a week before is a few days off, and where that fails the distance is given up', () => {
    const away = (firstDay: string, lastDay: string) =>
      timesFor([visit, lab], {
        schedule: { ...schedule(), closures: [closure({ resourceId: 'lab', firstDay, lastDay })] },
      });
    expect(told(away('2026-04-13', '2026-04-14').proposals[0]!)[0]).toBe('lab 2026-04-15 08:00');
    const { proposals, alternatives } = away('2026-04-01', '2026-04-20');
    expect(proposals).toEqual([]);
    expect(alternatives.map(wishes)).toContainEqual(['offset']);
  });

  test('a test on the same day does not overlap, and is given up only if it is said', () => {
    const ekg = need({
      id: 'R2',
      type: 'provtagning',
      same_day: 'R1',
      time: { kind: 'relativ', expr: 'samma dag', offset: 'P0D' },
    });
    const [best] = timesFor([visit, ekg]).proposals;
    expect(told(best!)).toEqual(['lind 2026-04-21 08:00', 'lab 2026-04-21 08:30']);
    const closedLab = {
      ...schedule(),
      closures: [closure({ resourceId: 'lab', firstDay: '2026-04-10', lastDay: '2026-04-21' })],
    };
    const { proposals, alternatives } = timesFor([visit, ekg], { schedule: closedLab });
    expect(proposals).toEqual([]);
    expect(alternatives.map(wishes)).toContainEqual(['same_day']);
  });

  test('what has its time stays, and the rest is found around it', () => {
    const booked = { ...span('2026-04-20 09:00', '09:30'), date: day('2026-04-20'), performerId: 'lind' };
    const { proposals } = timesFor([{ ...visit, fixed: booked }, lab]);
    expect(told(proposals[0]!)).toEqual(['lab 2026-04-13 08:00']);
    const tested = { ...span('2026-04-10 09:00', '09:15'), date: day('2026-04-10'), performerId: 'lab' };
    const around = timesFor([visit, { ...lab, fixed: tested }]).proposals;
    expect(new Set(around.map(({ visits }) => visits[0]!.date))).toEqual(
      new Set(['2026-04-17', '2026-04-16', '2026-04-15']),
    );
  });

  test('a visit after something that cannot be booked yet waits for it', () => {
    const after = need({ id: 'R2', after: 'R1', time: { kind: 'relativ', expr: 'därefter', offset: null } });
    expect(timesFor([after], { pending: new Set(['R1']) }).problem).toEqual({
      taskId: 'task-R2',
      reason: 'waits_for_other',
    });
  });

  test('bounds that were said hold: dose 3 five to twelve months after dose 2', () => {
    const vaccination = visitType({
      id: 'vacc',
      name: 'Vaccination',
      type: 'vaccination',
      role: 'usk',
      durationMinutes: 15,
    });
    const dose2 = need({ type: 'vaccination', time: about('2026-04-21') });
    const dose3 = need({
      id: 'R2',
      type: 'vaccination',
      after: 'R1',
      time: { kind: 'relativ', expr: 'fem till tolv månader efter', offset_min: 'P5M', offset_max: 'P12M' },
    });
    const { proposals } = timesFor([dose2, dose3], {
      schedule: { ...schedule(), visitTypes: [vaccination] },
      lastDay: day('2027-05-01'),
    });
    expect(told(proposals[0]!)).toEqual(['lab 2026-04-21 08:00', 'lab 2026-09-21 08:00']);
  });

  test('what only stands in the same note is no part of it', () => {
    const other = need({ id: 'R3', time: about('2026-09-01') });
    expect(linkedNeeds([visit, lab, other], 'task-R2').map(({ key }) => key)).toEqual(['R2', 'R1']);
    expect(linkedNeeds([visit, lab, other], 'task-R3').map(({ key }) => key)).toEqual(['R3']);
  });
});

describe('chosen times', () => {
  const visit = need({ time: about('2026-04-21') });
  const lab = need({ id: 'R2', type: 'provtagning', before: 'R1', time: A_WEEK_BEFORE });
  const chosen = (taskId: string, performerId: string, when: string) => ({ taskId, performerId, startMs: at(when) });

  test('are judged as what is proposed', () => {
    const judged = judgeTimes(question([visit, lab]), [
      chosen('task-R1', 'sandberg', '2026-04-22 10:00'),
      chosen('task-R2', 'lab', '2026-04-15 09:15'),
    ]);
    expect('visits' in judged && wishes(judged)).toEqual(['late']);
  });

  test.each([
    ['no time of the template', 'lind', '2026-04-21 08:10', 'lab', '2026-04-14 08:00', 'not_a_time'],
    ['a pause', 'lind', '2026-04-21 12:00', 'lab', '2026-04-14 08:00', 'not_a_time'],
    ['another competence', 'lab', '2026-04-21 08:00', 'lab', '2026-04-14 08:00', 'not_a_time'],
    ['a test after its visit', 'lind', '2026-04-20 08:00', 'lab', '2026-04-21 08:00', 'chain'],
  ] as const)('are refused for %s', (_name, doctor, when, nurse, labWhen, why) => {
    const judged = judgeTimes(question([visit, lab]), [
      chosen('task-R1', doctor, when),
      chosen('task-R2', nurse, labWhen),
    ]);
    expect(judged).toMatchObject({ why });
  });

  test('are refused where the patient is elsewhere, and where one of the chain has none', () => {
    const taken = new TakenTimes([[PATIENT, [span('2026-04-21 08:00', '09:00')]]]);
    const times = [chosen('task-R1', 'lind', '2026-04-21 08:30'), chosen('task-R2', 'lab', '2026-04-14 08:00')];
    expect(judgeTimes(question([visit, lab], { taken }), times)).toEqual({ taskId: 'task-R1', why: 'not_a_time' });
    expect(judgeTimes(question([visit, lab]), times.slice(0, 1))).toEqual({ taskId: 'task-R2', why: 'missing' });
  });
});

test('the visit type is the one that says most of what is asked for', () => {
  const types = [
    visitType({ id: 'alla', role: null }),
    visitType({ id: 'lakare' }),
    visitType({ id: 'ekg', service: 'EKG', role: null }),
    LAB_TYPE,
  ];
  const typeOf = (fields: Parameters<typeof need>[0]) => {
    const asked = need({ time: about('2026-04-21'), ...fields });
    return timesFor([asked], { schedule: { ...schedule(), visitTypes: types } }).proposals[0]?.visits[0]?.fit.visitType
      .id;
  };
  expect(typeOf({ role: 'lakare' })).toBe('lakare');
  expect(typeOf({ service: 'ekg' })).toBe('ekg');
  expect(typeOf({ role: 'usk' })).toBe('alla');
});
