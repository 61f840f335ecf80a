import type { FollowUpRequest, RequestField } from '../../contracts/followup.ts';
import { parseLocalDate } from '../calendar/local-date.ts';
import { comingWeekday } from '../calendar/weekday-times.ts';
import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { PersonMeaning, TextRange, TimeMeaning } from '../grammar/values.ts';
import { addSource, type Draft, isVisit, setField } from './draft.ts';

export function rangeOf({ start, end }: TextRange): TextRange {
  return { start, end };
}

/** Gives a draft its person, role or place. Where a referral goes to is its receiver. */
export function attachPerson(draft: Draft, person: PersonMeaning, node: Node): void {
  const at = rangeOf(node);
  if (person.ambiguous) draft.flags.push({ name: 'ambiguous_abbrev', at });
  if (draft.type === 'remiss' && person.practitioner !== '@author') {
    const to = person.unit ?? person.practitioner ?? person.role;
    if (to !== undefined) setField(draft, 'to', withoutPreposition(node.text), at);
    draft.planned = true;
    return;
  }
  if (draft.type === 'mote' && takesPart(person, node)) {
    setField(draft, 'participants', together(draft.fields.participants, [withoutPreposition(node.text)]), at);
    return;
  }
  if (person.role !== undefined) setField(draft, 'role', person.role, at);
  if (person.practitioner !== undefined) setField(draft, 'practitioner', person.practitioner, at);
  if (person.unit !== undefined) setField(draft, 'unit', person.unit, at);
}

/** "Möte med fysioterapeut": who is at a meeting rather than who calls it. */
function takesPart({ practitioner }: PersonMeaning, node: Node): boolean {
  return practitioner === undefined && !/^(hos|på|via|av|till) /.test(node.lower);
}

function withoutPreposition(text: string): string {
  return text.replace(/^(till|hos|på|via|från|vid|av|med|för|i|inom)\s+/i, '');
}

export function hasPerson({ fields }: Draft): boolean {
  return fields.role !== undefined || fields.practitioner !== undefined;
}

/** Whether who was named can be the one that this draft is for. */
export function takesPerson(draft: Draft, person: PersonMeaning): boolean {
  if (person.unit !== undefined && draft.fields.unit === undefined && draft.fields.to === undefined) return true;
  if (draft.type === 'remiss') return draft.fields.to === undefined;
  if (draft.type === 'brev' || draft.type === 'avbokning') return false;
  if (draft.type === 'mote' && person.practitioner === undefined) return true;
  return (
    !hasPerson(draft) ||
    (draft.fields.practitioner === undefined &&
      person.practitioner !== undefined &&
      draft.fields.role === (person.role ?? draft.fields.role))
  );
}

export function attachTime(draft: Draft, said: TimeMeaning, node: TextRange): void {
  const meaning = fromBooking(draft, said);
  const expr = meaning.expr ?? rangeOf(node);
  draft.time = { meaning, expr };
  // "EKG idag" tells what was done as often as what is to be done.
  draft.planned ||= !meaning.isToday;
  addSource(draft, 'time', expr);
}

/** "Flytta tiden 19 mars till fredag": the Friday after the day that is given up, not the one after today. */
function fromBooking({ type, fields }: Draft, said: TimeMeaning): TimeMeaning {
  const booked = type === 'ombokning' ? parseLocalDate(fields.booking_date ?? '') : undefined;
  if (!booked || said.weekday === undefined) return said;
  const target = comingWeekday(booked, said.weekday).target!;
  const { start } = said.time;
  return {
    ...said,
    time: {
      kind: 'datum',
      ...(start === undefined ? { target } : { start: `${target}${start.slice(target.length)}` }),
      mal_datum: target,
    },
  };
}

/** Details that any draft can take as they are; false when the node is none. */
export function attachDetail(draft: Draft, node: Node): boolean {
  const at = rangeOf(node);
  const { fields } = draft;
  if (isA(node, 'Need', 'Guardian')) {
    const need = meaningOf(node, 'Need') ?? meaningOf(node, 'Guardian')!;
    add(draft, 'needs', together(fields.needs, [need]), at);
  } else if (isA(node, 'Prep')) {
    add(draft, 'prep', together(fields.prep, [meaningOf(node, 'Prep')!]), at);
  } else if (isA(node, 'Pref') && isDayOfBooking(draft, meaningOf(node, 'Pref')!)) {
    add(draft, 'booking_date', meaningOf(node, 'Pref')!.not_dates![0]![0]!, at);
  } else if (isA(node, 'Pref')) {
    add(draft, 'patient_pref', mergePreference(fields.patient_pref, meaningOf(node, 'Pref')!), at);
  } else if (isA(node, 'Minutes')) {
    add(draft, 'duration_min', meaningOf(node, 'Minutes')!, at);
  } else if (isA(node, 'Priority')) {
    add(draft, 'priority', meaningOf(node, 'Priority')!, at);
  } else if (isA(node, 'Participants')) {
    add(draft, 'participants', [...meaningOf(node, 'Participants')!], at);
  } else if (isA(node, 'Responsible')) {
    add(draft, 'responsible', meaningOf(node, 'Responsible')!, at);
  } else if (isA(node, 'Agreed')) {
    add(draft, 'agreed_with_patient', true, at);
  } else if (isA(node, 'Delivery')) {
    add(draft, 'delivery', meaningOf(node, 'Delivery')!, at);
  } else if (isA(node, 'PatientId')) {
    add(draft, 'patient_id', meaningOf(node, 'PatientId')!, at);
    draft.flags.push({ name: 'check_patient_matches_open_record', at });
  } else if (isA(node, 'Condition', 'Worsening')) {
    add(draft, 'condition', withoutOpener(meaningOf(node, 'Condition') ?? node.text), at);
    draft.flags.push({ name: 'conditional', at });
  } else if (isA(node, 'Analyses') && draft.type === 'provtagning') {
    add(draft, 'analyses', together(fields.analyses, meaningOf(node, 'Analyses')!), at);
  } else {
    return false;
  }
  return true;
}

/** "Kan inte komma 18 mars, boka om": the day that does not suit is the booking's. */
function isDayOfBooking({ type, fields }: Draft, { not_dates: days }: Preference): boolean {
  const isOneDay = days?.length === 1 && days[0]![0] === days[0]![1];
  return type === 'ombokning' && fields.booking_date === undefined && isOneDay;
}

function add<F extends RequestField>(
  draft: Draft,
  field: F,
  value: NonNullable<FollowUpRequest[F]>,
  at: TextRange,
): void {
  setField(draft, field, value, at);
}

/** What is said twice counts once. */
export function together<Word>(first: readonly Word[] | undefined, second: readonly Word[]): Word[] {
  return [...new Set([...(first ?? []), ...second])];
}

function withoutOpener(text: string): string {
  return text.replace(/^(vid|om)\s+/i, '');
}

type Preference = NonNullable<FollowUpRequest['patient_pref']>;

function mergePreference(first: Preference | undefined, second: Preference): Preference {
  const merged: Preference = { ...first, ...second };
  if (first?.not_weekdays && second.not_weekdays)
    merged.not_weekdays = together(first.not_weekdays, second.not_weekdays);
  if (first?.not_dates && second.not_dates) merged.not_dates = [...first.not_dates, ...second.not_dates];
  return merged;
}

/** Which of two drafts a person named after the second belongs to: a doctor is whom one visits, not who takes tests. */
export function personsDraft(person: PersonMeaning, current: Draft, earlier: readonly Draft[]): Draft {
  if (isVisit(current.type) || person.unit !== undefined) return current;
  const visit = earlier.findLast((draft) => isVisit(draft.type) && draft.sentence === current.sentence);
  const isDoctor = person.role === 'lakare' || person.practitioner !== undefined;
  return isDoctor && visit && !hasPerson(visit) ? visit : current;
}
