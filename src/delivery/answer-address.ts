import { AppError } from '../contracts/errors.ts';
import { isReachableAddress } from '../contracts/public-address.ts';
import type { Unit } from '../storage/repositories/staff.ts';

/** Where a patient reads and answers letters. */
export function answerAddress(publicUrl: string): string {
  return new URL('/min-tid', publicUrl).href;
}

/** Throws CONFIG_INVALID where the patients of a real unit would be told an address that leads them nowhere. */
export function checkReachable(publicUrl: string, { demo }: Pick<Unit, 'demo'>): void {
  if (demo || isReachableAddress(publicUrl)) return;
  throw new AppError('CONFIG_INVALID', 'patients would be told an address that leads them nowhere', {
    expected: 'TALTID_PUBLIC_URL: the address that they reach this server by',
    got: publicUrl,
  });
}
