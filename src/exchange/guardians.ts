import { randomUUID } from 'node:crypto';
import type { PersonalNumber } from '../access/personal-number.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type KnownPatient, numbersById } from '../storage/repositories/imports.ts';
import type { RowReader } from './row-reader.ts';

/** Of a row, who it is about and who is to look after that patient. */
interface GuardedRow {
  readonly reader: RowReader<'patients'>;
  readonly patient: {
    readonly number: PersonalNumber | undefined;
    readonly guardian: PersonalNumber | undefined;
  };
}

/**
 * Tells of each row whether its guardian is, or becomes, a patient here. Gives the ids of all who are and become so, by
 * their numbers. A guardian is older, so that the eldest are looked at first.
 */
export function checkGuardians(
  rows: readonly GuardedRow[],
  known: ReadonlyMap<string, KnownPatient>,
  elsewhere: ReadonlySet<string>,
): Map<string, string> {
  const idByNumber = new Map([...known].map(([number, { id }]) => [number, id]));
  for (const { reader, patient } of eldestFirst(rows, (row) => row.patient.number?.birthDate)) {
    const { number, guardian } = patient;
    if (guardian !== undefined && number !== undefined) {
      if ((guardian.birthDate ?? '') >= (number.birthDate ?? '')) reader.fault('guardian', 'guardian_younger');
      else if (elsewhere.has(guardian.number)) reader.fault('guardian', 'other_unit');
      else if (!idByNumber.has(guardian.number)) reader.fault('guardian', 'unknown_guardian');
    }
    if (reader.faults.length > 0 || number === undefined || idByNumber.has(number.number)) continue;
    idByNumber.set(number.number, randomUUID());
  }
  return idByNumber;
}

/** The numbers of the guardians that patients have, by their ids, where the file says who it is to be. */
export function guardiansBefore(
  transaction: AuditedTransaction,
  rows: readonly GuardedRow[],
  known: ReadonlyMap<string, KnownPatient>,
): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ patient: { number, guardian } }) =>
    guardian === undefined ? [] : (known.get(number?.number ?? '')?.guardianId ?? []),
  );
  return numbersById(transaction, [...new Set(ids)]);
}

/** By day of birth (YYYY-MM-DD). */
export function eldestFirst<Item>(
  items: readonly Item[],
  birthDateOf: (item: Item) => string | null | undefined,
): Item[] {
  const dated = items.map((item) => ({ item, birthDate: birthDateOf(item) ?? '' }));
  return dated.sort((one, other) => one.birthDate.localeCompare(other.birthDate)).map(({ item }) => item);
}
