import type { FollowUpRequest, PatientPreference, RequestType, UnitDefaults } from '../contracts/followup.ts';
import { addDays, daysBetween, type LocalDate, parseLocalDate } from '../followup/calendar/local-date.ts';
import { type LocalTime, parseLocalTime } from '../followup/calendar/local-time.ts';
import type { Link } from './links.ts';
import type { Span } from './schedule.ts';

/** A visit as it stands in the calendar. */
export interface PlacedVisit extends Span {
  readonly date: LocalDate;
  readonly performerId: string;
}

/** What a visit must be, and what it is wished to be: a task and its request in the words of the calendar. */
export interface VisitNeed {
  readonly taskId: string;
  /** R1, R2 ...: what links of the same chain name. */
  readonly key: string;
  readonly type: RequestType;
  readonly service: string | null;
  readonly role: string | null;
  /** Who is named. */
  readonly staffId: string | null;
  /** The competence of who ordered it: meant where none is asked for. */
  readonly orderedByRole: string | null;
  /** Whom the patient has met last. */
  readonly lastMetStaffId: string | null;
  /** As the clinician said; else the visit type's. */
  readonly durationMinutes: number | null;
  /** "Tidigast": never before. */
  readonly floor: LocalDate | null;
  /** The days that are meant; null for as soon as can be. */
  readonly aim: { readonly from: LocalDate; readonly to: LocalDate } | null;
  /** Earlier than what is meant by "om": a wish that can be given up. */
  readonly notBefore: LocalDate | null;
  /** Måldatum. */
  readonly latest: LocalDate | null;
  /** The time of day that was agreed on. */
  readonly clock: LocalTime | null;
  readonly interpreterLanguage: string | null;
  readonly wishes: PatientPreference;
  readonly links: readonly Link[];
  /** When it was asked for: what "om sex veckor" counts from. */
  readonly orderedOn: LocalDate;
  /** Where it is already, and stays. */
  readonly fixed: PlacedVisit | null;
  /** Which visit of a series it is, from 1; absent for one that stands alone. */
  readonly occasion?: number;
  /** From a visit of the series to the next, ISO 8601. */
  readonly interval?: string;
}

/** What a need is read of. */
export interface NeedSource {
  readonly taskId: string;
  readonly fields: FollowUpRequest;
  readonly service: string | null;
  readonly role: string | null;
  readonly practitionerId: string | null;
  readonly orderedByRole: string | null;
  readonly lastMetStaffId: string | null;
  readonly interpreterLanguage: string | null;
  /** YYYY-MM-DD, of the task. */
  readonly earliestDate: string | null;
  readonly targetDate: string | null;
  readonly orderedOn: LocalDate;
  readonly defaults: Pick<UnitDefaults, 'labOffset' | 'resultOffset'> | null;
  readonly fixed: PlacedVisit | null;
  /** What the patient has said since the note: it holds in place of the note's wishes. */
  readonly statedWishes: PatientPreference | null;
}

/** "Om sex veckor" is not next week: so much of the time may be missing, but never less than days nor more than weeks. */
const EARLY_SHARE = 0.2;
const EARLY_DAYS = { least: 3, most: 28 } as const;
const DEFAULT_OFFSETS = { labOffset: '-P1W', resultOffset: 'P1W' } as const;

export function readNeed(source: NeedSource): VisitNeed {
  const { fields, orderedOn, service, role, interpreterLanguage, lastMetStaffId, taskId, fixed } = source;
  const { time } = fields;
  const day = (text: string | null | undefined) => parseLocalDate(text ?? '') ?? null;
  const [agreedDay, agreedClock] = time?.start?.split('T') ?? [];
  const latest = day(source.targetDate);
  const target = day(agreedDay) ?? day(time?.target) ?? (time?.kind === 'om' ? latest : null);
  const floor = day(source.earliestDate ?? time?.earliest);
  const isLinked = time?.kind === 'relativ';
  return {
    taskId,
    key: fields.id,
    type: fields.type,
    service,
    role,
    staffId: source.practitionerId,
    orderedByRole: source.orderedByRole,
    lastMetStaffId,
    durationMinutes: fields.duration_min ?? null,
    floor,
    aim: isLinked ? null : aimOf(time?.preferred, target, floor, latest),
    notBefore: isLinked || target === null ? null : notBefore(orderedOn, target, agreedClock !== undefined),
    latest,
    clock: parseLocalTime(agreedClock ?? '') ?? null,
    interpreterLanguage,
    wishes: source.statedWishes ?? fields.patient_pref ?? {},
    links: linksOf(fields, source.defaults),
    orderedOn,
    fixed,
  };
}

function aimOf(
  preferred: readonly string[] | undefined,
  target: LocalDate | null,
  floor: LocalDate | null,
  latest: LocalDate | null,
): VisitNeed['aim'] {
  const [from, to = from] = (preferred ?? []).map(parseLocalDate);
  if (from !== undefined && to !== undefined) return { from, to };
  if (target !== null) return { from: target, to: target };
  if (floor !== null && latest !== null) return { from: floor, to: latest };
  return floor === null ? null : { from: floor, to: floor };
}

function notBefore(orderedOn: LocalDate, target: LocalDate, isAgreed: boolean): LocalDate {
  if (isAgreed) return target;
  const days = Math.round(daysBetween(orderedOn, target) * EARLY_SHARE);
  return addDays(target, -Math.min(Math.max(days, EARLY_DAYS.least), EARLY_DAYS.most));
}

function linksOf(fields: FollowUpRequest, defaults: NeedSource['defaults']): Link[] {
  const { time, before, after, same_day: sameDay } = fields;
  const { labOffset, resultOffset } = defaults ?? DEFAULT_OFFSETS;
  // With a time of its own, a link says no more than the order.
  const hasOwnTime = time !== undefined && time.kind !== 'relativ';
  const offset = (usual: string): Link['offset'] => {
    if (hasOwnTime) return null;
    const { offset_min: least, offset_max: most, offset: wanted } = time ?? {};
    return least !== undefined && most !== undefined ? { least, most } : { wanted: wanted ?? usual };
  };
  return [
    ...(before === undefined ? [] : [{ kind: 'before' as const, to: before, offset: offset(labOffset) }]),
    ...(after === undefined ? [] : [{ kind: 'after' as const, to: after, offset: offset(resultOffset) }]),
    ...(sameDay === undefined ? [] : [{ kind: 'same_day' as const, to: sameDay, offset: null }]),
  ];
}
