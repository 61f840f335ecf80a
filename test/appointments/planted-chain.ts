import { randomUUID } from 'node:crypto';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, claimTask, createTask } from '../../src/storage/repositories/admin-tasks.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Clinic, CONTEXT, confirmAndSign, newFollowUp, plantDraft, WORKER } from '../storage/clinic.ts';

/** A Tuesday morning; the planted requests are meant for April. */
export const NOW_MS = Date.parse('2026-03-10T06:00:00Z');

export const VISIT: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'om', expr: 'om sex veckor', target: '2026-04-21', mal_datum: '2026-04-21' },
};

export const LAB: FollowUpRequest = {
  id: 'R2',
  type: 'provtagning',
  before: 'R1',
  time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' },
};

/** Tasks of one signed note that share a chain, the first claimed by the administrator. */
export async function plantChain(
  storage: Storage,
  clinic: Clinic,
  requests: readonly FollowUpRequest[] = [VISIT, LAB],
): Promise<AdminTask[]> {
  const chainId = randomUUID();
  const followUps = requests.map((fields) => newFollowUp({ fields, chainId, requestKey: fields.id }));
  const { note } = await plantDraft(storage, clinic, followUps);
  const made = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) => confirmAndSign(transaction, note.id));
  const tasks = await storage.withAudit(WORKER, CONTEXT, async (transaction) => {
    const created: AdminTask[] = [];
    for (const request of made) {
      created.push((await createTask(transaction, request, { role: request.fields.role ?? null })).task);
    }
    return created;
  });
  tasks.sort((one, other) => keyOf(requests, one) - keyOf(requests, other));
  const claimed = await asAdministrator(storage, clinic, (transaction) => claimTask(transaction, tasks[0]!.id));
  return [claimed.task, ...tasks.slice(1)];
}

const keyOf = (requests: readonly FollowUpRequest[], { type }: AdminTask) =>
  requests.findIndex((request) => request.type === type);

export function asAdministrator<Result>(
  storage: Storage,
  { administrator }: Clinic,
  work: (transaction: AuditedTransaction) => Promise<Result>,
): Promise<Result> {
  return storage.withAudit(administrator, CONTEXT, work);
}
