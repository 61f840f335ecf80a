import type { FollowUpRequest, RequestField, RequestType } from '../../contracts/followup.ts';
import type { Node } from '../grammar/node.ts';
import type {
  ActionMeaning,
  FlagSeed,
  LinkMeaning,
  OtherEnd,
  SeriesMeaning,
  TextRange,
  TimeMeaning,
} from '../grammar/values.ts';

/** A request while the text is being read. */
export interface Draft {
  /** R1, R2 ... once it is known which drafts remain. */
  id?: string;
  type: RequestType;
  action: ActionMeaning;
  readonly fields: Partial<FollowUpRequest>;
  readonly sources: Map<RequestField, TextRange[]>;
  readonly flags: FlagSeed[];
  time?: { readonly meaning: TimeMeaning; readonly expr: TextRange };
  series?: SeriesMeaning;
  thenEvery?: SeriesMeaning;
  /** The words of what wakes it. */
  trigger?: Node;
  readonly links: DraftLink[];
  /** Which sentence of the text it was named in. */
  readonly sentence: number;
  readonly at: TextRange;
  /** Words beside it that only a plan has. */
  planned: boolean;
  /** Named in one breath with the draft before it ("åb och prover"). */
  joined: boolean;
  /** Follows "och", "samt" or "med": a plan if the draft before it is one, and the other way round. */
  conjoined: boolean;
  /** The visit that it is a part of ("återbesök med röntgen"). */
  partOf?: Draft;
}

/** A link as it was read; the other end is found when the whole text is known. */
export interface DraftLink {
  readonly meaning: LinkMeaning;
  readonly expr: TextRange;
  readonly other: Draft | OtherEnd | 'nearest';
  /** The link alone: nothing was said of when. */
  readonly isUntimed?: boolean;
}

export function newDraft(action: ActionMeaning, at: TextRange, sentence: number): Draft {
  const draft: Draft = {
    type: action.type,
    action,
    fields: {},
    sources: new Map([['type', [at]]]),
    flags: [...(action.flags ?? [])],
    links: [],
    sentence,
    at,
    planned: action.strength === 'strong',
    joined: false,
    conjoined: false,
  };
  for (const [field, value] of Object.entries(action.fields ?? {}))
    setField(draft, field as RequestField, value as never, at);
  return draft;
}

export function setField<F extends RequestField>(
  draft: Draft,
  field: F,
  value: NonNullable<FollowUpRequest[F]>,
  at: TextRange,
): void {
  (draft.fields as FollowUpRequest)[field] = value;
  addSource(draft, field, at);
}

export function addSource(draft: Draft, field: RequestField, { start, end }: TextRange): void {
  const ranges = draft.sources.get(field) ?? [];
  draft.sources.set(field, ranges);
  if (!ranges.some((range) => range.start === start && range.end === end)) ranges.push({ start, end });
}

const VISITS: readonly RequestType[] = ['aterbesok', 'nybesok', 'telefon', 'video', 'hembesok', 'mote'];

/** What a test or an examination can lie before: somebody meets or calls the patient. */
export function isVisit(type: RequestType): boolean {
  return VISITS.includes(type);
}
