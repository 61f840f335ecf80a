import type { ResourceKind } from '../contracts/calendar.ts';
import type { RequestType } from '../contracts/followup.ts';
import type { Weekday } from '../followup/calendar/local-date.ts';

/** From the first instant to before the second, in milliseconds since 1970-01-01T00:00Z. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Whoever or whatever has a calendar at a unit. */
export interface Resource {
  readonly id: string;
  readonly kind: ResourceKind;
  /** Whose time it is: a member of staff is one and the same at all units; anything else is itself. */
  readonly whose: string;
  readonly staffId: string | null;
  readonly name: string;
  /** The profession. */
  readonly role: string | null;
  /** Of an interpreter, as the request writes it. */
  readonly language: string | null;
}

/** Besökstyp: what is booked, by whom it is done, and what else it takes. */
export interface VisitType {
  readonly id: string;
  readonly name: string;
  /** What patients read; null for the name. */
  readonly publicName: string | null;
  readonly type: RequestType;
  /** Null for what the type alone says. */
  readonly service: string | null;
  readonly role: string | null;
  readonly durationMinutes: number;
  readonly interpreterExtraMinutes: number;
  /** One of these is taken too; none is needed where there are none. */
  readonly roomIds: readonly string[];
  readonly equipmentIds: readonly string[];
  /** Whether patients book it themselves from an open letter. */
  readonly patientsBook: boolean;
}

/** A stretch of a week in which a resource works, cut into times. */
export interface SlotTemplate {
  readonly id: string;
  readonly resourceId: string;
  /** ISO 8601: 1 is Monday. */
  readonly weekday: Weekday;
  /** Since midnight by the clock on the wall, 0 to 1440. */
  readonly fromMinute: number;
  readonly untilMinute: number;
  readonly slotMinutes: number;
  /** 1 for every week; others count from the week of `validFrom`. */
  readonly everyWeeks: number;
  /** YYYY-MM-DD, both included. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly roomId: string | null;
  /** What may be booked in it; anything where there are none. */
  readonly visitTypeIds: readonly string[];
  /** Lent to patients until so many days before; null for care's own. */
  readonly lentUntilDays: number | null;
  /** Whether it holds on red days, weekends and free eves too; on klämdagar. */
  readonly onFreeDays: boolean;
  readonly onBridgeDays: boolean;
}

/** Away or shut: a resource, or the whole unit where none is named. */
export interface Closure {
  readonly resourceId: string | null;
  /** YYYY-MM-DD, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Of each of the days; null for the whole day. */
  readonly fromMinute: number | null;
  readonly untilMinute: number | null;
}

/** What a unit has set up. */
export interface UnitSchedule {
  readonly resources: readonly Resource[];
  readonly visitTypes: readonly VisitType[];
  readonly templates: readonly SlotTemplate[];
  readonly closures: readonly Closure[];
}
