import { AppError } from '../../contracts/errors.ts';
import type { PatientPreference } from '../../contracts/followup.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { readDate } from '../search/dates.ts';
import { readCount } from '../search/search-query.ts';
import type { IdentifierValue, OperationInput, TimingValue } from './parameters.ts';
import { resolveIds, resolvePatient } from './resolve.ts';

/** What `$find` asks for, its references resolved. Empty lists ask for nothing. */
export interface FindInput {
  readonly startMs: number;
  readonly endMs: number;
  readonly visitTypes: readonly string[];
  readonly roles: readonly string[];
  /** What the visit is for, in small letters: of free times those of the visit types that are for it, if any is. */
  readonly reasons: readonly string[];
  readonly staffIds: readonly string[] | undefined;
  readonly unitIds: readonly string[] | undefined;
  readonly roomIds: readonly string[] | undefined;
  /** Parts of names and addresses of units, in small letters. */
  readonly places: readonly string[];
  readonly patient: { readonly id: string; readonly interpreterLanguage: string | null } | undefined;
  readonly referral: IdentifierValue | undefined;
  readonly wishes: PatientPreference;
  readonly count: number;
  /** Names of parameters that nobody knows here, or that change nothing. */
  readonly ignored: readonly string[];
}

const USUAL_COUNT = 10;
const MOST_COUNT = 50;
const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

const KNOWN = [
  'start',
  'end',
  'specialty',
  'visit-type',
  'reason',
  'practitioner',
  'organization',
  'location',
  'location-string',
  'location-reference',
  'patient-reference',
  'referral-identifier',
  'timing',
  '_count',
  '_format',
];

/** Throws REQUEST_INVALID, and NOT_FOUND for a patient who is not here. */
export async function readFind(
  transaction: AuditedTransaction,
  input: OperationInput,
  nowMs: number,
): Promise<FindInput> {
  const { startMs, endMs } = windowOf(input, nowMs);
  const idsOf = async (names: readonly string[], type: Parameters<typeof resolveIds>[2]) => {
    const references = input.references(...names);
    return references.length === 0 ? undefined : resolveIds(transaction, references, type);
  };
  const [patient] = input.references('patient-reference');
  return {
    startMs,
    endMs,
    visitTypes: input.codes('visit-type'),
    roles: input.codes('specialty'),
    reasons: input.codes('reason').map((reason) => reason.toLowerCase()),
    staffIds: await idsOf(['practitioner'], 'Practitioner'),
    unitIds: await idsOf(['organization'], 'Organization'),
    roomIds: await idsOf(['location', 'location-reference'], 'Location'),
    places: input.texts('location-string').map((place) => place.toLowerCase()),
    patient: patient && (await resolvePatient(transaction, patient)),
    referral: input.identifier('referral-identifier'),
    wishes: wishesOf(input.timing('timing')),
    count: Math.max(1, Math.min(readCount(input.text('_count') ?? String(USUAL_COUNT)), MOST_COUNT)),
    ignored: input.othersThan(KNOWN),
  };
}

/** From now at the earliest, and so long as a search looks ahead. */
function windowOf(input: OperationInput, nowMs: number): { startMs: number; endMs: number } {
  const start = input.text('start');
  const end = input.text('end');
  const startMs = Math.max(nowMs, (start === undefined ? undefined : readDate(start).fromMs) ?? nowMs);
  const latestMs = startMs + MOST_DAYS * DAY_MS;
  const asked = end === undefined ? undefined : readDate(end);
  // A day that is named is meant to its end, an instant is one.
  const endMs = Math.min(latestMs, (end?.includes('T') ? asked?.fromMs : asked?.beforeMs) ?? latestMs);
  if (endMs > startMs) return { startMs, endMs };
  throw new AppError('REQUEST_INVALID', 'there is no time to look in', {
    expected: 'an end after the start, ahead of now',
    got: `until ${stockholmClockAt(endMs).date}`,
  });
}

const WEEKDAYS = { mon: 'man', tue: 'tis', wed: 'ons', thu: 'tor', fri: 'fre', sat: 'lor', sun: 'son' } as const;

function wishesOf(timing: TimingValue | undefined): PatientPreference {
  const { dayOfWeek = [], when = [] } = timing?.repeat ?? {};
  const isMorning = when.some((code) => code.startsWith('MORN'));
  const isAfternoon = when.some((code) => code.startsWith('AFT'));
  return {
    ...(dayOfWeek.length > 0 && { weekdays: dayOfWeek.map((day) => WEEKDAYS[day]) }),
    ...(isMorning !== isAfternoon && { daypart: isMorning ? ('formiddag' as const) : ('eftermiddag' as const) }),
  };
}
