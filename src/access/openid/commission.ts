import { z } from 'zod';
import { staffInCommission } from '../../storage/repositories/commissions.ts';
import type { Staff } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Authenticator } from '../authenticator.ts';
import type { Claims } from './provider.ts';

const HsaId = z.string().trim().min(1).max(100).toUpperCase();

/** A commission of healthcare (medarbetaruppdrag), as the login services of the regions tell it. */
const CommissionClaims = z.object({
  employeeHsaId: HsaId,
  commissionHsaId: HsaId,
  commissionPurpose: z.string().trim().toLowerCase(),
  healthCareUnitHsaId: HsaId,
});

/** Commissions in which one may open what this product holds (Patientdatalagen 2:4, 1 and 2). */
const PURPOSES: readonly string[] = ['vård och behandling', 'administration'];

export function hasCommission(claims: Claims): boolean {
  return CommissionClaims.safeParse(claims).success;
}

/** Whoever has signed in in a commission: the open account with that HSA-id, at the one unit of the commission. */
export class CommissionAuthenticator implements Authenticator<Claims> {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async identify(claims: Claims): Promise<(Staff & { readonly commissionUnitId: string }) | undefined> {
    const { data: commission } = CommissionClaims.safeParse(claims);
    if (commission === undefined || !PURPOSES.includes(commission.commissionPurpose)) return undefined;
    return staffInCommission(this.#storage.plain, commission.employeeHsaId, commission.healthCareUnitHsaId);
  }
}
