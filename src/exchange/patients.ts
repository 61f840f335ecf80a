import type { Insertable, Updateable } from 'kysely';
import { z } from 'zod';
import { formatPersonalNumber, type PersonalNumber, parsePersonalNumber } from '../access/personal-number.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  createPatients,
  type KnownPatient,
  numbersElsewhere,
  patientsByNumber,
} from '../storage/repositories/imports.ts';
import { changePatient } from '../storage/repositories/patients.ts';
import type { PatientsTable } from '../storage/tables/clinic.ts';
import type { ReadRow } from './columns.ts';
import { checkGuardians, eldestFirst, guardiansBefore } from './guardians.ts';
import { languageCode } from './languages.ts';
import {
  changesOf,
  type ImportPlan,
  type PlannedRow,
  type Read,
  RowReader,
  saidOf,
  sayYesOrNo,
  yesOrNo,
} from './row-reader.ts';

type Write =
  | { readonly patient: Insertable<PatientsTable> }
  | { readonly id: string; readonly version: number; readonly changes: Updateable<PatientsTable> };

/** A row as it was understood; a field that is undefined says nothing. */
interface ReadPatient {
  readonly number: PersonalNumber | undefined;
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  readonly protectedIdentity: boolean | undefined;
  readonly interpreterLanguage: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly address: string | undefined;
  readonly guardian: PersonalNumber | undefined;
}

/**
 * What would become of a file of patients. Nothing that is there is erased: an empty field leaves it as it is. A guardian
 * is a patient too, of the file or here already.
 */
export async function planPatients(
  transaction: AuditedTransaction,
  { unitId, today }: { unitId: string; today: string },
  rows: readonly ReadRow<'patients'>[],
): Promise<ImportPlan<Write>> {
  const read = rows.map((row) => {
    const reader = new RowReader('patients', row);
    return { reader, patient: readPatient(reader, today) };
  });
  const numbers = new Set(
    read.flatMap(({ patient }) => [patient.number?.number ?? [], patient.guardian?.number ?? []].flat()),
  );
  const known = await patientsByNumber(transaction, [...numbers]);
  const elsewhere = await numbersElsewhere(transaction, [...numbers]);
  const seen = new Set<string>();
  for (const { reader, patient } of read) {
    const number = patient.number?.number;
    if (number === undefined) continue;
    if (seen.has(number)) reader.fault('personalNumber', 'twice');
    else if (elsewhere.has(number)) reader.fault('personalNumber', 'other_unit');
    seen.add(number);
  }
  const idByNumber = checkGuardians(read, known, elsewhere);
  const guardians = await guardiansBefore(transaction, read, known);
  const planned: PlannedRow[] = [];
  const writes: Write[] = [];
  for (const { reader, patient } of read) {
    const before = known.get(patient.number?.number ?? '');
    const { row, write } = planRow(reader, patient, before, { unitId, today, idByNumber, guardians });
    planned.push(row);
    if (write) writes.push(write);
  }
  return { rows: planned, writes };
}

export async function writePatients(transaction: AuditedTransaction, writes: readonly Write[]): Promise<void> {
  const created = writes.flatMap((write) => ('patient' in write ? [write.patient] : []));
  await createPatients(
    transaction,
    eldestFirst(created, ({ birthDate }) => birthDate),
  );
  for (const write of writes) {
    if ('id' in write) await changePatient(transaction, write.id, write.version, write.changes);
  }
}

interface World {
  readonly unitId: string;
  readonly today: string;
  /** Of all who are and become patients. */
  readonly idByNumber: ReadonlyMap<string, string>;
  /** The numbers of guardians that patients have, by their ids. */
  readonly guardians: ReadonlyMap<string, string>;
}

function planRow(
  { line, faults }: RowReader<'patients'>,
  { number, guardian, ...fields }: ReadPatient,
  before: KnownPatient | undefined,
  { unitId, today, idByNumber, guardians }: World,
): { row: PlannedRow; write?: Write } {
  const say = (known: string | undefined) => known && formatPersonalNumber(known, today);
  const what = [
    `${fields.givenName ?? ''} ${fields.familyName ?? ''}`.trim(),
    say(number?.number),
    before === undefined && guardian !== undefined && `vårdnadshavare ${say(guardian.number)}`,
  ];
  const common = { line, what: what.filter(Boolean).join(', '), faults, version: before?.version ?? null };
  if (faults.length > 0 || number === undefined) return { row: { ...common, action: 'refused', changes: [] } };
  const changes = changesOf('patients', [
    ...comparedWith(before, fields),
    ['guardian', say(guardians.get(before?.guardianId ?? '')) ?? null, say(guardian?.number)],
  ]);
  if (before !== undefined && changes.length === 0) return { row: { ...common, action: 'same', changes } };
  const guardianId = guardian && idByNumber.get(guardian.number);
  const given = saidOf({ ...fields, guardianId });
  if (before !== undefined) {
    const { id, version } = before;
    return {
      row: { ...common, action: 'changed', changes: before.protectedIdentity ? hidden(changes) : changes },
      write: { id, version, changes: given },
    };
  }
  const { kind, number: personalNumber, birthDate } = number;
  const patient = {
    ...given,
    id: idByNumber.get(personalNumber),
    unitId,
    personalNumber,
    personalNumberKind: kind,
    birthDate,
  };
  return {
    row: { ...common, action: 'new', changes },
    // The names are there: a row without one has a fault.
    write: { patient: patient as Insertable<PatientsTable> },
  };
}

function comparedWith(before: KnownPatient | undefined, fields: Omit<ReadPatient, 'number' | 'guardian'>) {
  const { givenName, familyName, protectedIdentity, interpreterLanguage, phone, email, address } = fields;
  const saidProtected = protectedIdentity === undefined ? undefined : sayYesOrNo(protectedIdentity);
  return [
    ['givenName', before?.givenName ?? null, givenName],
    ['familyName', before?.familyName ?? null, familyName],
    ['protectedIdentity', before ? sayYesOrNo(before.protectedIdentity) : null, saidProtected],
    ['interpreterLanguage', before?.interpreterLanguage ?? null, interpreterLanguage],
    ['phone', before?.phone ?? null, phone],
    ['email', before?.email ?? null, email],
    ['address', before?.address ?? null, address],
  ] as const;
}

/** What is known of a protected identity is not told by showing what a file would change of it. */
function hidden(changes: PlannedRow['changes']): PlannedRow['changes'] {
  return changes.map((change) => ({ ...change, from: null }));
}

function readPatient(reader: RowReader<'patients'>, today: string): ReadPatient {
  return {
    number: reader.read('personalNumber', (text) => personalNumber(text, today)),
    givenName: reader.text('givenName'),
    familyName: reader.text('familyName'),
    protectedIdentity: reader.read('protectedIdentity', yesOrNo),
    interpreterLanguage: reader.read('interpreterLanguage', languageCode),
    phone: reader.read('phone', phone),
    email: reader.read('email', email),
    address: addressOf(reader),
    guardian: reader.read('guardian', (text) => personalNumber(text, today)),
  };
}

function addressOf(reader: RowReader<'patients'>): string | undefined {
  const town = [reader.text('postalCode'), reader.text('city')].filter((part) => part !== undefined).join(' ');
  const lines = [reader.text('address'), town].filter((part) => part !== undefined && part !== '');
  return lines.length === 0 ? undefined : lines.join(', ');
}

function personalNumber(text: string, today: string): Read<PersonalNumber> {
  try {
    return { value: parsePersonalNumber(text, today) };
  } catch {
    return { fault: 'personal_number' };
  }
}

function phone(text: string): Read<string> {
  return /^\+?[\d\s()/-]{5,30}$/.test(text) ? { value: text } : { fault: 'phone' };
}

function email(text: string): Read<string> {
  const { data } = z.email().safeParse(text);
  return data === undefined ? { fault: 'email' } : { value: data };
}
