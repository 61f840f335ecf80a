import type { ColumnType, Generated } from 'kysely';
import type { Filled } from './columns.ts';

export interface AnswerCodesTable {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  chainId: string;
  /** SHA-256. */
  codeHash: Buffer;
  expiresAt: Date;
  revokedAt: Date | null;
  createdAt: Filled<Date>;
}

export interface AnswerCodeAttemptsTable {
  /** SHA-256 of the code. */
  key: Buffer;
  /** Since `since`. */
  attempts: number;
  /** Since ever. */
  total: number;
  since: Date;
}

export interface PatientSessionsTable {
  /** SHA-256 of the cookie's token. */
  tokenHash: Buffer;
  patientId: string;
  /** 1: came by a letter's code, and sees its chain alone; 2: signed in. */
  level: 1 | 2;
  unitId: string | null;
  chainId: string | null;
  /** The child that a guardian acts for. */
  actingFor: string | null;
  createdAt: ColumnType<Date, Date | undefined, never>;
  lastSeenAt: ColumnType<Date, Date | undefined, Date>;
  expiresAt: Date;
}
