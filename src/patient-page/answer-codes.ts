import { createHash, randomInt } from 'node:crypto';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { keepAnswerCode } from '../storage/repositories/answer-codes.ts';

/** Crockford's base 32: no letter looks like a digit. 12 of them are 60 bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_CHARACTERS = 12;
const GROUP_CHARACTERS = 4;

/** What a letter's code opens, and until when. */
export interface AnswerCodeOrder {
  readonly unitId: string;
  readonly patientId: string;
  readonly chainId: string;
  readonly expiresAt: Date;
}

/**
 * Makes the code that opens the patient's page on one chain, together with the birth date: "7KMX-2T9P-4WQ3". It is told
 * this once: beside its hash it is kept in the letter alone that tells it, which stays as it went out. Codes that earlier
 * letters of the chain told stay good until they are over.
 */
export async function issueAnswerCode(transaction: AuditedTransaction, order: AnswerCodeOrder): Promise<string> {
  const code = Array.from({ length: CODE_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('');
  const { unitId, patientId, chainId, expiresAt } = order;
  await keepAnswerCode(transaction, { unitId, patientId, chainId, expiresAt, codeHash: answerCodeHash(code) });
  return inGroups(code);
}

/** A code as somebody typed it, without spaces and hyphens; undefined for what cannot be one. */
export function readAnswerCode(text: string): string | undefined {
  const code = text
    .toUpperCase()
    .replaceAll(/[\s\u00a0–-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode = code.length === CODE_CHARACTERS && [...code].every((character) => ALPHABET.includes(character));
  return isCode ? code : undefined;
}

/** As it stands in the letter. */
export function inGroups(code: string): string {
  return (code.match(new RegExp(`.{1,${GROUP_CHARACTERS}}`, 'g')) ?? []).join('-');
}

/** A code as it is kept. It is random and long, so that a fast hash without salt is enough. */
export function answerCodeHash(code: string): Buffer {
  return createHash('sha256').update(`answer-code:${code}`).digest();
}
