import { randomUUID } from 'node:crypto';
import type { Choice } from '../../appointments/choose.ts';

/** Times that were proposed: for a task, or for a visit type without one. */
export interface Proposal {
  readonly choice: Choice;
  readonly of:
    | { readonly kind: 'task'; readonly taskId: string }
    | {
        readonly kind: 'free';
        readonly unitId: string;
        readonly visitTypeId: string;
        /** Null where nobody was named. */
        readonly patientId: string | null;
      };
}

const KEPT_MS = 30 * 60_000;
const MOST_KEPT = 2_000;

/**
 * What `$find` proposed, for as long as somebody may choose of it. In memory: a proposal promises nothing, and one that
 * is gone is asked for again.
 */
export class KeptProposals {
  readonly #kept = new Map<string, { readonly proposals: readonly Proposal[]; readonly untilMs: number }>();

  /** Gives the ids of the proposed Appointments, in their order. */
  keep(proposals: readonly Proposal[], nowMs: number): string[] {
    for (const [id, { untilMs }] of this.#kept) {
      if (untilMs > nowMs && this.#kept.size < MOST_KEPT) break;
      this.#kept.delete(id);
    }
    const id = randomUUID();
    this.#kept.set(id, { proposals, untilMs: nowMs + KEPT_MS });
    return proposals.map((_, index) => `${id}.${index}`);
  }

  /** Undefined for what was never proposed, or too long ago. */
  find(appointmentId: string, nowMs: number): Proposal | undefined {
    const [, id, index] = /^([^.]+)\.(\d+)/.exec(appointmentId) ?? [];
    const kept = this.#kept.get(id ?? '');
    return kept === undefined || kept.untilMs <= nowMs ? undefined : kept.proposals[Number(index)];
  }
}
