import type { ColumnType, Generated } from 'kysely';
import type { ActorKind } from '../../contracts/access.ts';
import type { DictatedWord } from '../../contracts/dictation.ts';
import type { FollowUpRequest, Proposal, RaisedFlag, ReadRequest, SourceSpan } from '../../contracts/followup.ts';
import type { Route } from '../../contracts/followup-flags.ts';
import type {
  DecisionKind,
  FollowUpOrigin,
  FollowUpState,
  NoteContent,
  NoteState,
  ReadAs,
} from '../../contracts/notes.ts';
import type { Filled, Json, JsonOrNull, JsonWithDefault, Versioned } from './columns.ts';

export interface NotesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  encounterId: string | null;
  authorId: string;
  deputyId: string | null;
  state: Generated<NoteState>;
  /** 0 before the first signature. */
  signedVersion: Generated<number>;
  /** When it was opened for a new version; null for one that never was. */
  openedAt: Date | null;
  /** YYYY-MM-DD. */
  writtenOn: ColumnType<string, string, never>;
}

export interface NoteDraftsTable {
  noteId: string;
  unitId: string;
  content: Json<NoteContent>;
  version: Filled<number>;
  updatedAt: Filled<Date>;
}

export interface NoteVersionsTable {
  noteId: string;
  number: number;
  unitId: string;
  patientId: string;
  content: Json<NoteContent>;
  signedBy: string;
  signedAt: Generated<Date>;
  reason: string | null;
}

export interface UtterancesTable {
  id: Generated<string>;
  noteId: string;
  unitId: string;
  liveSessionId: string;
  number: number;
  startSeconds: number;
  endSeconds: number;
  text: string;
  words: Json<readonly DictatedWord[]>;
  /** Where the sound is for as long as it is kept: the server's session, and what comes before it of the times. */
  soundSessionId: string | null;
  soundFromSeconds: number | null;
  createdAt: Filled<Date>;
}

export interface FollowUpsTable extends Versioned {
  id: Generated<string>;
  noteId: string;
  unitId: string;
  patientId: string;
  chainId: Generated<string>;
  requestKey: string | null;
  state: Generated<FollowUpState>;
  origin: Generated<FollowUpOrigin>;
  fields: JsonOrNull<FollowUpRequest>;
  sources: JsonWithDefault<ReadRequest['sources']>;
  proposals: JsonWithDefault<readonly Proposal[]>;
  flags: JsonWithDefault<readonly RaisedFlag[]>;
  source: Json<SourceSpan>;
  /** Null for what the text does not say by itself. */
  reading: JsonOrNull<ReadAs>;
  route: Route;
  reason: string | null;
  reopenedBecause: string | null;
}

export interface DecisionsTable {
  id: Filled<number>;
  noteId: string;
  unitId: string;
  patientId: string;
  followUpId: string | null;
  kind: DecisionKind;
  fromState: FollowUpState | null;
  fields: JsonOrNull<FollowUpRequest>;
  reason: string | null;
  actorKind: ActorKind;
  actorId: string;
  at: Filled<Date>;
}
