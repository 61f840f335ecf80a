import type { FollowUpRequest, FollowUpTime, PatientPreference, RequestType } from '../../contracts/followup.ts';
import type { FlagName } from '../../contracts/followup-flags.ts';
import type { Daypart } from '../calendar/clock-times.ts';
import type { Feast } from '../calendar/feast-times.ts';
import type { LocalDate, Weekday } from '../calendar/local-date.ts';
import type { Season } from '../calendar/named-times.ts';
import type { NamedWindow, Part, Relation } from '../calendar/named-window.ts';

/** ISO 8601's letters; WD is a working day, H an hour and MIN a minute. */
export type TimeUnit = 'D' | 'W' | 'M' | 'Y' | 'WD' | 'H' | 'MIN';

/** So many of a unit; the count can be a half. */
export interface Amount {
  readonly count: number;
  readonly unit: TimeUnit;
}

/** From the least to the most; both the same when one figure was said. */
export interface AmountRange {
  readonly min: Amount;
  readonly max: Amount;
}

/** A stretch of the text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A flag that words give cause for. */
export interface FlagSeed {
  readonly name: FlagName;
  readonly carried?: string;
  readonly at?: TextRange;
}

/** Named days as a function of how they are spoken of; undefined when there are none such. */
export interface Period {
  readonly kind: 'datum' | 'intervall' | 'vecka' | 'manad' | 'sasong' | 'helg' | 'ar';
  readonly window: (relation: Relation) => NamedWindow | undefined;
  /** The whole of what a part was said of ("i början av juni"): the part is what is preferred. */
  readonly whole?: NamedWindow | undefined;
  readonly isToday?: boolean;
  /** HH:MM. */
  readonly clock?: string;
  /** A weekday by its name alone. */
  readonly weekday?: Weekday;
  readonly flags?: readonly FlagSeed[];
}

/** A time that was understood. */
export interface TimeMeaning {
  readonly time: Omit<FollowUpTime, 'expr'>;
  readonly flags: readonly FlagSeed[];
  /** Where its own words stand inside a longer phrase; the whole phrase when absent. */
  readonly expr?: TextRange;
  /** The distance that was said, for what comes to be relative after all ("därefter om 3 mån"). */
  readonly amount?: Amount;
  /** `wish`: what is preferred inside other bounds. `start`: where a series begins. */
  readonly part?: 'wish' | 'start';
  /** The day of the note itself. */
  readonly isToday?: boolean;
  /** Without a preposition ("3 mån"): a time only beside an action. */
  readonly bare?: boolean;
  /** A weekday by its name alone: the first to come, counted from another day where the words say so. */
  readonly weekday?: Weekday;
}

/** How often and how long. */
export interface SeriesMeaning {
  readonly every?: Amount;
  readonly lasting?: Amount;
  readonly until?: LocalDate;
  readonly count?: number;
  /** The first day of "varje torsdag". */
  readonly firstDay?: LocalDate;
  readonly flags?: readonly FlagSeed[];
}

/** How one request lies to another. */
export interface LinkMeaning {
  readonly relation: 'before' | 'after' | 'same_day' | 'alternative';
  readonly amount?: AmountRange;
  /** "några dagar innan". */
  readonly vague?: boolean;
  /** The other end in the words of the link itself ("postop"). */
  readonly event?: string;
  /** "efter varje prov". */
  readonly each?: boolean;
  /** The words go on with what the other end is ("innan", "efter" before a noun); false: nearest. */
  readonly open: boolean;
}

/** What the words of a link name as its other end. */
export interface OtherEnd {
  readonly types?: readonly RequestType[];
  readonly service?: string;
  readonly role?: string;
  readonly dose?: number;
  /** Something that no request of the note is: an operation, a visit booked before. */
  readonly event?: string;
  /** The day of the event. */
  readonly date?: LocalDate;
}

/** What a word asks for. `weak` words also name results and history and need signs of a plan beside them. */
export interface ActionMeaning {
  readonly type: RequestType;
  readonly strength: 'strong' | 'weak';
  /** What is said about a visit: only that there is one, or that something is checked. */
  readonly kind?: 'check' | 'call' | 'visit' | 'verb' | 'service' | 'exam';
  readonly fields?: Partial<FollowUpRequest>;
  readonly flags?: readonly FlagSeed[];
  /** "återbesöket": one already spoken of. */
  readonly definite?: boolean;
  /** Tells the result of the request before it. */
  readonly givesResult?: boolean;
  readonly isNew?: boolean;
  /** "Tid": a word that says nothing of what is to be done. */
  readonly isEmpty?: boolean;
}

export interface PersonMeaning {
  readonly role?: string;
  readonly practitioner?: string;
  readonly unit?: string;
  readonly ambiguous?: boolean;
}

/** What each category of words and phrases means. */
export interface Values {
  /** A word that no table knows. */
  Unknown: string;
  // time words
  Number: number;
  Ordinal: number;
  Range: { readonly min: number; readonly max: number };
  Unit: TimeUnit;
  LongUnit: Amount;
  Weekday: Weekday;
  /** "Fredagar": every one of them. */
  Weekdays: Weekday;
  Month: number;
  Season: Season;
  Feast: Feast;
  RelativeDay: number;
  /** A part of the note's day that is still to come. */
  LaterToday: string;
  Daypart: Daypart;
  Part: Part;
  DateToken: LocalDate | undefined;
  SlashedToken: string;
  ClockToken: string;
  Vague: string;
  Every: number;
  Adverb: Amount;
  Soon: string;
  LaterOn: string;
  AsPlanned: string;
  // time phrases
  Duration: AmountRange;
  VagueDuration: TimeUnit;
  Clock: string;
  Period: Period;
  Time: TimeMeaning;
  Series: SeriesMeaning;
  Link: LinkMeaning;
  // who and where
  Role: string;
  Title: string;
  RoleAmbiguous: string;
  Name: string;
  Place: string;
  Person: PersonMeaning;
  // what
  Action: ActionMeaning;
  Modality: string;
  Site: string;
  Analysis: string;
  Analyses: readonly string[];
  Vaccine: string;
  Dose: number;
  Event: string;
  EventVerb: string;
  Asks: string;
  Function: string;
  Answer: string;
  When: string;
  // details
  Reason: string;
  Prep: string;
  Need: string;
  Participant: string;
  Participants: readonly string[];
  Responsible: { readonly kind?: string; readonly name?: string };
  Pref: PatientPreference;
  Priority: string;
  Minutes: number;
  Agreed: string;
  Delivery: string;
  SameStaff: string;
  PatientId: string;
  Language: string;
  // standing of a clause
  Neg: string;
  NegatedAction: ActionMeaning;
  NotNeeded: string;
  Filler: string;
  PlanVerb: string;
  Modal: string;
  Done: string;
  Past: string;
  Missed: string;
  Result: string;
  Relative: string;
  PatientActs: string;
  Trigger: string;
  Condition: string;
  Decision: string;
  Worsening: string;
  Correction: string;
  Strike: string;
  Contrast: string;
  Question: string;
  Hedge: string;
  Earlier: string;
  /** Words that can begin what holds instead of what was denied. */
  But: string;
  Declines: string;
  /** What the author does not tell here, as the flag that asks for it. */
  Unsure: FlagName;
  /** Whose plan it is, as the flag that has somebody check it. */
  Hearsay: FlagName;
  Opinion: string;
  Child: string;
  ChildWord: string;
  Guardian: string;
  Drug: string;
  DrugVerb: string;
  DoseUnit: string;
  Safety: string;
  Protected: string;
  SickLeave: string;
  // joints
  Then: string;
  And: string;
  Or: string;
  Break: string;
}
export type Category = keyof Values;

export type Sense = { [C in Category]: { readonly category: C; readonly value: Values[C] } }[Category];
