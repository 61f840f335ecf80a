import { createHash } from 'node:crypto';
import { networkOf } from '../access/network-of.ts';
import { tokenHash } from '../access/tokens.ts';
import type { Actor } from '../contracts/access.ts';
import { AppError } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AccessContext } from '../storage/audited-transaction.ts';
import { countCodeAttempt, forgetCodeAttempts, matchAnswerCode } from '../storage/repositories/answer-codes.ts';
import { countLoginAttempt, forgiveLoginAttempt } from '../storage/repositories/login-attempts.ts';
import { deletePatientSession } from '../storage/repositories/patient-sessions.ts';
import type { Storage } from '../storage/storage.ts';
import { answerCodeHash, readAnswerCode } from './answer-codes.ts';
import { readBirthDates } from './birth-date.ts';
import { openPatientSession } from './sessions.ts';

const PATIENT_PAGE: Actor = { kind: 'system', id: 'patient-page' };

const MINUTE_MS = 60_000;
const CODE_LIMIT = { windowMs: 60 * MINUTE_MS, tries: 5 };
/** Whoever holds somebody else's letter must not try a birth date a quarter of an hour for months. */
const TRIES_OF_CODE_EVER = 20;
/** A whole waiting room, or a mobile operator, can share one address. */
const ADDRESS_LIMIT = { windowMs: 15 * MINUTE_MS, tries: 60 };

/** Too many tries; says when the next one is looked at. */
export class CodeLimited extends AppError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, { windowMs, tries }: typeof CODE_LIMIT) {
    super('LOGIN_LIMITED', 'too many tries to open the page', {
      expected: `at most ${tries} in ${windowMs / MINUTE_MS} minutes`,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What somebody typed, and where it comes from. */
export interface CodeSignIn {
  readonly code: string;
  readonly birthDate: string;
  /** The client's IP address. */
  readonly address: string;
  readonly requestId: string;
  /** Of the session that the browser has already: it ends. */
  readonly earlierToken: string | undefined;
}

/**
 * Opens the page of a letter's chain by its code and the patient's birth date, and logs it. Throws LOGIN_REFUSED, the
 * same for an unknown code, one that is over, and a wrong date; LOGIN_LIMITED after five wrong tries with a code, which
 * then waits an hour, and after twenty in all for good.
 */
export async function signInByCode(storage: Storage, typed: CodeSignIn, now: Date): Promise<{ token: string }> {
  const { plain } = storage;
  const code = readAnswerCode(typed.code);
  const birthDates = readBirthDates(typed.birthDate, stockholmClockAt(now.getTime()).date);
  const address = hashOf(`patient-address:${networkOf(typed.address)}`);
  const window = ({ windowMs }: typeof CODE_LIMIT) => ({ now, startedBefore: new Date(now.getTime() - windowMs) });
  checkTries(await countLoginAttempt(plain, address, window(ADDRESS_LIMIT)), ADDRESS_LIMIT, now);
  // What can be no code or no day costs a try of the address, and tells nothing about any code.
  if (code === undefined || birthDates.length === 0) throw refused();
  const codeHash = answerCodeHash(code);
  // Before the code is looked at, so that many tries at once are counted, and whether there is such a code or not.
  const tries = await countCodeAttempt(plain, codeHash, { ...window(CODE_LIMIT), limit: CODE_LIMIT.tries });
  checkTries(tries, CODE_LIMIT, now);
  if (tries.total > TRIES_OF_CODE_EVER) throw refused();
  const context: AccessContext = { purpose: 'own-data', requestId: typed.requestId };
  const opened = await storage.withActors(context, async (actAs) => {
    const asPage = await actAs(PATIENT_PAGE);
    const matched = await matchAnswerCode(asPage, { codeHash, birthDates }, now);
    if (matched === undefined) {
      asPage.record('login-refused', 'patient_sessions', null);
      return undefined;
    }
    const { patientId, unitId, chainId } = matched;
    const asPatient = await actAs({ kind: 'patient', id: patientId, unitIds: [unitId], chainId });
    asPatient.record('login', 'patient_sessions', null);
    if (typed.earlierToken !== undefined) await deletePatientSession(asPatient.plain, tokenHash(typed.earlierToken));
    return openPatientSession(asPatient.plain, { level: 1, ...matched }, now);
  });
  if (opened === undefined) throw refused();
  await forgetCodeAttempts(plain, codeHash);
  await forgiveLoginAttempt(plain, address);
  return opened;
}

function checkTries(
  { attempts, since }: { readonly attempts: number; readonly since: Date },
  limit: typeof CODE_LIMIT,
  now: Date,
): void {
  if (attempts <= limit.tries) return;
  throw new CodeLimited(Math.ceil((since.getTime() + limit.windowMs - now.getTime()) / 1000), limit);
}

function refused(): AppError {
  return new AppError('LOGIN_REFUSED', 'the page is not opened', {
    expected: 'a code that is good, and the birth date that belongs to it',
  });
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
