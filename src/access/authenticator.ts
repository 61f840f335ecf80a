import { findStaffByUsername, type Staff } from '../storage/repositories/staff.ts';
import type { Storage } from '../storage/storage.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { newToken } from './tokens.ts';

/** How somebody proves who they are: a password today, the organisation's own login (OpenID Connect) another day. */
export interface Authenticator<Credentials> {
  /** The open account whose owner this is. */
  identify(credentials: Credentials): Promise<Staff | undefined>;
}

export interface PasswordCredentials {
  readonly username: string;
  readonly password: string;
}

/** Unknown and closed accounts take as long to refuse as wrong passwords: time does not tell which accounts there are. */
export class PasswordAuthenticator implements Authenticator<PasswordCredentials> {
  readonly #storage: Storage;
  readonly #nobodysHash = hashPassword(newToken());

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async identify({ username, password }: PasswordCredentials): Promise<Staff | undefined> {
    const staff = await findStaffByUsername(this.#storage.plain, username);
    const isRight = await isPassword(password, staff?.passwordHash ?? (await this.#nobodysHash));
    return isRight && staff?.active ? staff : undefined;
  }
}
