import type { Bundle } from 'fhir/r4.js';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import type { Asked } from '../fhir-type.ts';
import { idOfReference } from '../search/parameters.ts';
import { proposedBundle, takenBundle } from './answer.ts';
import { AskedAppointment, type Change, cancelAsAsked, moveAsAsked, versionOf } from './change.ts';
import { findTimes } from './find.ts';
import { readFind } from './find-input.ts';
import type { KeptProposals } from './kept-proposals.ts';
import { type OperationInput, type ReferenceValue, SentPatient } from './parameters.ts';
import { resolvePatient } from './resolve.ts';
import { bookHeld, type Coming, takeProposal } from './take.ts';

/** What is kept of a comment. */
const MOST_COMMENT_CHARACTERS = 500;

export interface OperationCall extends Asked {
  readonly input: OperationInput;
  readonly proposals: KeptProposals;
  readonly ifMatch: string | undefined;
}

/** `Appointment/$find` of IHE ITI Scheduling. */
export async function findOperation(transaction: AuditedTransaction, call: OperationCall): Promise<Bundle> {
  const { input, proposals, nowMs, baseUrl } = call;
  const asked = await readFind(transaction, input, nowMs);
  const found = await findTimes(transaction, asked, nowMs);
  const ids = proposals.keep(
    found.times.map(({ proposal }) => proposal),
    nowMs,
  );
  return proposedBundle(transaction, found, ids, { ...asked, baseUrl });
}

/** `Appointment/$hold`. */
export async function holdOperation(transaction: AuditedTransaction, call: OperationCall): Promise<Bundle> {
  const { baseUrl } = call;
  const held = await take(transaction, call, referredId(call), 'reserved');
  return takenBundle(transaction, held, { baseUrl, operation: 'hold' });
}

/** `Appointment/$book`: a new one by its reference, or what is to change of one that is there. */
export async function bookOperation(transaction: AuditedTransaction, call: OperationCall): Promise<Bundle> {
  const { input, ifMatch, nowMs, baseUrl } = call;
  const resource = input.resource('appointment-resource');
  const asked = resource === undefined ? undefined : readAppointment(resource);
  const change = (): Change => ({
    asked: asked!,
    version: versionOf(ifMatch, asked!),
    comment: input.text('comment')?.slice(0, MOST_COMMENT_CHARACTERS) ?? null,
    nowMs,
  });
  const changed =
    asked?.status === 'booked'
      ? await moveAsAsked(transaction, change())
      : asked?.status === 'cancelled'
        ? await cancelAsAsked(transaction, change())
        : await book(transaction, call, asked?.id ?? referredId(call));
  return takenBundle(transaction, changed, { baseUrl, operation: 'book' });
}

function book(transaction: AuditedTransaction, call: OperationCall, id: string) {
  if (Id.safeParse(id).success) return bookHeld(transaction, id, call.nowMs);
  return take(transaction, call, id, 'booked');
}

async function take(
  transaction: AuditedTransaction,
  call: OperationCall,
  appointmentId: string,
  state: 'reserved' | 'booked',
) {
  const { proposals, nowMs } = call;
  const proposal = proposals.find(appointmentId, nowMs);
  if (proposal === undefined) throw notFound('Appointment');
  return takeProposal(transaction, proposal, state, { patient: await comingTo(transaction, call, proposal.of), nowMs });
}

/** Who is named with the operation, or was with `$find`. */
async function comingTo(
  transaction: AuditedTransaction,
  { input }: OperationCall,
  of: { readonly kind: 'task' | 'free'; readonly patientId?: string | null },
): Promise<Coming | undefined> {
  if (of.kind === 'task') return undefined;
  const [named] = input.references('patient-reference');
  const known: ReferenceValue | undefined = of.patientId ? { reference: of.patientId } : undefined;
  const asked = known ?? named ?? referenceOf(input.resource('patient-resource'));
  return asked && resolvePatient(transaction, asked);
}

/** A Patient that a client sends along: by its id, else by its first identifier. */
function referenceOf(resource: unknown): ReferenceValue | undefined {
  const patient = SentPatient.safeParse(resource).data;
  if (patient === undefined) return undefined;
  const [identifier] = patient.identifier;
  return patient.id === undefined ? identifier && { identifier } : { reference: patient.id };
}

function referredId({ input }: OperationCall): string {
  const [reference] = input.references('appointment-reference');
  if (reference?.reference !== undefined) return idOfReference(reference.reference, ['Appointment']);
  throw new AppError('REQUEST_INVALID', 'no appointment is named', {
    expected: 'appointment-reference with a reference that $find or $hold gave',
    got: 'none',
  });
}

function readAppointment(resource: unknown): AskedAppointment {
  const read = AskedAppointment.safeParse(resource);
  if (read.success) return read.data;
  throw new AppError('REQUEST_INVALID', 'the appointment-resource is not usable', {
    expected: `an Appointment that was given; ${read.error.issues[0]?.path.join('.') || 'its type'} is not of one`,
  });
}
