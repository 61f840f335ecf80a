import { z } from 'zod';
import {
  Account,
  type AccountChanges,
  AccountList,
  MadePasswordLink,
  type NewAccount,
  UnitList,
  UnitView,
} from '../../contracts/access-api-accounts.ts';
import { ApiKeyList, type ApiKeyView, MadeApiKey, type NewApiKey } from '../../contracts/access-api-keys.ts';
import { UnitSettings, type UnitSettingsBody } from '../../contracts/access-api-units.ts';
import { DeadLetterPage, QueueState, SystemState } from '../../contracts/operations-api.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';

const NOTHING = z.undefined();
export type LettersState = 'open' | 'set-aside';

/** What operators ask of the server. Each method throws PageError. */
export class AdminClient {
  readonly #csrfToken: string;
  readonly #listeners = new Set<() => void>();

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  /** Tells after each change, also one that was refused, that what was fetched is old. Gives what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async accounts(): Promise<readonly Account[]> {
    return (await askApi('/api/accounts', AccountList)).items;
  }

  createAccount(account: NewAccount): Promise<Account> {
    return this.#send('POST', '/api/accounts', Account, { body: account });
  }

  changeAccount({ id, version }: Pick<Account, 'id' | 'version'>, changes: AccountChanges): Promise<Account> {
    return this.#send('PATCH', `/api/accounts/${id}`, Account, { body: changes, version });
  }

  async setPassword(id: string, password: string): Promise<void> {
    await this.#send('POST', `/api/accounts/${id}/password`, NOTHING, { body: { password } });
  }

  makePasswordLink(id: string): Promise<MadePasswordLink> {
    return this.#send('POST', `/api/accounts/${id}/password-link`, MadePasswordLink);
  }

  async signOutEverywhere(id: string): Promise<void> {
    await this.#send('POST', `/api/accounts/${id}/sign-out`, NOTHING);
  }

  async units(): Promise<readonly UnitView[]> {
    return (await askApi('/api/units', UnitList)).items;
  }

  createUnit(name: string): Promise<UnitView> {
    return this.#send('POST', '/api/units', UnitView, { body: { name } });
  }

  unitSettings(id: string): Promise<UnitSettings> {
    return askApi(`/api/units/${id}`, UnitSettings);
  }

  saveUnit({ id, version }: Pick<UnitSettings, 'id' | 'version'>, settings: UnitSettingsBody): Promise<UnitSettings> {
    return this.#send('PUT', `/api/units/${id}`, UnitSettings, { body: settings, version });
  }

  async apiKeys(): Promise<readonly ApiKeyView[]> {
    return (await askApi('/api/api-keys', ApiKeyList)).items;
  }

  createApiKey(key: NewApiKey): Promise<MadeApiKey> {
    return this.#send('POST', '/api/api-keys', MadeApiKey, { body: key });
  }

  async endApiKey(id: string): Promise<void> {
    await this.#send('DELETE', `/api/api-keys/${id}`, NOTHING);
  }

  deadLetters(state: LettersState, limit: number): Promise<z.infer<typeof DeadLetterPage>> {
    return askApi(`/api/operations/dead-letters?state=${state}&limit=${limit}`, DeadLetterPage);
  }

  async retry(id: string): Promise<void> {
    await this.#send('POST', `/api/operations/dead-letters/${id}/retry`, NOTHING);
  }

  async setAside(id: string, reason: string): Promise<void> {
    await this.#send('POST', `/api/operations/dead-letters/${id}/set-aside`, NOTHING, { body: { reason } });
  }

  async reopen(id: string): Promise<void> {
    await this.#send('POST', `/api/operations/dead-letters/${id}/reopen`, NOTHING);
  }

  system(): Promise<SystemState> {
    return askApi('/api/operations/system', SystemState);
  }

  /** Undefined where this server has no job queue. */
  async queue(): Promise<QueueState | undefined> {
    return askApi('/api/operations/queue', QueueState).catch((error: unknown) => {
      if (error instanceof PageError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
  }

  async #send<Answer extends z.ZodType>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    answers: Answer,
    sent: { readonly body?: unknown; readonly version?: number } = {},
  ): Promise<z.output<Answer>> {
    try {
      return await askApi(path, answers, { method, csrfToken: this.#csrfToken, ...sent });
    } finally {
      for (const listener of this.#listeners) listener();
    }
  }
}
