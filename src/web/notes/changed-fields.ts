import type { FollowUpRequest, FollowUpTime, RequestType } from '../../contracts/followup.ts';
import type { CardFields } from '../../contracts/notes-api-cards.ts';
import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { sayEarliest, sayLatest, sayWindow } from '../../followup/calendar/say.ts';

/** Who is asked for most often, as the schema names them. */
export const ROLES = [
  'lakare',
  'sjukskoterska',
  'distriktsskoterska',
  'diabetessjukskoterska',
  'fysioterapeut',
  'arbetsterapeut',
  'kurator',
  'psykolog',
  'dietist',
] as const;

/** The fields as they stand in the form: texts, empty for nothing. */
interface ChangedForm {
  readonly type: RequestType;
  /** YYYY-MM-DD. */
  readonly latest: string;
  readonly earliest: string;
  readonly role: string;
  readonly practitioner: string;
  readonly minutes: string;
  readonly analyses: string;
  readonly prep: string;
  readonly reason: string;
}

export function formOf(fields: FollowUpRequest | null): ChangedForm {
  const { time, duration_min: minutes } = fields ?? {};
  return {
    type: fields?.type ?? 'aterbesok',
    latest: time?.mal_datum ?? time?.latest ?? time?.target ?? '',
    earliest: time?.earliest ?? '',
    role: fields?.role ?? '',
    practitioner: fields?.practitioner ?? '',
    minutes: minutes === undefined ? '' : String(minutes),
    analyses: fields?.analyses?.join(', ') ?? '',
    prep: fields?.prep_verbatim?.join('\n') ?? '',
    reason: fields?.reason ?? '',
  };
}

/** The request with what was changed in the form; what the form does not show stays. `today` is YYYY-MM-DD. */
export function changedFields(before: FollowUpRequest | null, form: ChangedForm, today: string): CardFields {
  const {
    id: _id,
    role: _r,
    practitioner: _p,
    duration_min: _d,
    analyses: _a,
    prep_verbatim: _v,
    reason: _w,
    time: _t,
    ...rest
  } = before ?? { id: 'R1', type: form.type };
  const minutes = Number(form.minutes);
  const analyses = listOf(form.analyses, ',');
  const prep = listOf(form.prep, '\n');
  const time = changedTime(before, form, today);
  return {
    ...rest,
    type: form.type,
    ...(form.role !== '' && { role: form.role }),
    ...(form.practitioner !== '' && { practitioner: form.practitioner }),
    ...(Number.isInteger(minutes) && minutes > 0 && { duration_min: minutes }),
    ...(analyses.length > 0 && { analyses }),
    ...(prep.length > 0 && { prep_verbatim: prep }),
    ...(form.reason !== '' && { reason: form.reason }),
    ...(time && { time }),
  };
}

/** The time as it was heard, unless its days were changed: then they alone hold. */
function changedTime(before: FollowUpRequest | null, form: ChangedForm, today: string): FollowUpTime | undefined {
  const { latest, earliest } = formOf(before);
  if (form.latest === latest && form.earliest === earliest) return before?.time;
  const ref = parseLocalDate(today)!;
  const from = parseLocalDate(form.earliest);
  const to = parseLocalDate(form.latest);
  if (from && to) {
    const expr = sayWindow(from, to, ref);
    return { kind: 'intervall', expr, earliest: from, latest: to, mal_datum: to };
  }
  if (to) return { kind: 'inom', expr: sayLatest(to, ref), latest: to, mal_datum: to };
  return from && { kind: 'efter_datum', expr: sayEarliest(from, ref), earliest: from };
}

function listOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
