import { AppError } from '../../contracts/errors.ts';
import type { VocabularyListKey } from '../../contracts/vocabulary-api.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import type { ListOwner } from '../../storage/repositories/vocabulary.ts';
import type { StaffActor } from '../actor.ts';

/** Who changes what holds for all units. */
export const CLINIC_ROLES = ['administrator', 'operator'] as const;

/** Whose list is meant. Throws NOT_FOUND for that of a unit where the member of staff does not work. */
export function ownerOfList(actor: StaffActor, list: VocabularyListKey): ListOwner {
  if (list === 'own') return { staffId: actor.id, unitId: null };
  if (list === 'clinic') return { staffId: null, unitId: null };
  if (!actor.unitIds.includes(list)) throw notFound('unit');
  return { staffId: null, unitId: list };
}

/** What the list is called by whoever sees it; undefined for one that the member of staff does not see. */
export function keyOfList(actor: StaffActor, { staffId, unitId }: ListOwner): VocabularyListKey | undefined {
  if (staffId !== null) return staffId === actor.id ? 'own' : undefined;
  if (unitId === null) return 'clinic';
  return actor.unitIds.includes(unitId) ? unitId : undefined;
}

/** One's own list, and that of a unit by all who work there; the clinic's holds for others, too. */
export function mayChangeList({ roles }: StaffActor, list: VocabularyListKey): boolean {
  return list !== 'clinic' || CLINIC_ROLES.some((role) => roles.includes(role));
}

/** Throws ROLE_NOT_ALLOWED. */
export function requireMayChange(actor: StaffActor, list: VocabularyListKey): void {
  if (mayChangeList(actor, list)) return;
  throw new AppError('ROLE_NOT_ALLOWED', "the clinic's list is changed by others", {
    expected: CLINIC_ROLES.join(' or '),
    got: actor.roles.join(', ') || 'none',
  });
}
