import type { Config } from '../config.ts';
import { AppError } from '../contracts/errors.ts';
import { isReachableAddress } from '../contracts/public-address.ts';

const EVERY_ADDRESS: readonly string[] = ['0.0.0.0', '::'];

/**
 * Throws CONFIG_INVALID where something is set up that tells people this server's address, and the one that it listens on
 * would lead nowhere: every address of the computer, a proxy's back door, and from a letter also the computer itself.
 */
export function checkOwnAddress(config: Config): void {
  const { publicUrl, host, behindProxy, mailServer, smsService, digitalPost, staffLogin, patientLogin } = config;
  const isGuess = behindProxy.length > 0 || EVERY_ADDRESS.includes(host);
  const letters = { TALTID_MAIL_SERVER: mailServer, TALTID_SMS_SERVICE: smsService, TALTID_DIGITAL_POST: digitalPost };
  const logins = { TALTID_STAFF_LOGIN: staffLogin, TALTID_PATIENT_LOGIN: patientLogin };
  const misled = [
    ...(isGuess || !isReachableAddress(publicUrl) ? Object.entries(letters) : []),
    ...(isGuess ? Object.entries(logins) : []),
  ].find(([, setting]) => setting !== undefined)?.[0];
  if (misled === undefined) return;
  throw new AppError('CONFIG_INVALID', `${misled} tells people where this server is, and nobody has set that`, {
    expected: 'TALTID_PUBLIC_URL: the address that they reach it by',
    got: publicUrl,
  });
}
