import { staffAccount } from '../../storage/repositories/staff.ts';
import { beginSession, type LoginOrigin, type LoginParts, recordRefusedLogin } from '../logins.ts';
import { CommissionAuthenticator } from './commission.ts';
import { OpenIdFailure } from './login-failure.ts';
import type { Claims } from './provider.ts';

/**
 * Signs in whoever the organisation's provider has told of, at the unit of their commission. Throws OpenIdFailure for
 * somebody without an open account there, which is logged. Accounts of the demo clinic have no HSA-id.
 */
export async function signInByCommission(
  { storage, sessionLengths }: Pick<LoginParts, 'storage' | 'sessionLengths'>,
  claims: Claims,
  origin: Pick<LoginOrigin, 'requestId' | 'earlierToken'>,
): Promise<{ token: string }> {
  const staff = await new CommissionAuthenticator(storage).identify(claims);
  const account = staff && (await staffAccount(storage.plain, staff.id));
  if (staff === undefined || account === undefined) {
    await recordRefusedLogin(storage, staff?.id, origin);
    throw new OpenIdFailure('unknown');
  }
  return beginSession({ storage, sessionLengths }, account, origin, new Date(), staff.commissionUnitId);
}
