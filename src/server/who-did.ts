import type { ActorKind } from '../contracts/access.ts';

/** A line of what happened to something of a patient. */
interface Deed {
  readonly actorKind: ActorKind | '';
  readonly actorId: string;
  readonly patientId: string | null;
}

/** Who a list of what happened names: a member of staff, the patient; null for a part of the product itself. */
export function whoDid({ actorKind, actorId, patientId }: Deed, staffName: string | null): string | null {
  if (actorKind !== 'patient') return staffName;
  return actorId === patientId ? 'Patienten' : 'Vårdnadshavaren';
}
