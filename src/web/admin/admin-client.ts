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
import { ApiClient } from '../shell/api-client.ts';

const NOTHING = z.undefined();
export type LettersState = 'open' | 'set-aside';

/** What operators ask of the server. Each method throws PageError. */
export class AdminClient extends ApiClient {
  async accounts(): Promise<readonly Account[]> {
    return (await this.ask('/api/accounts', AccountList)).items;
  }

  createAccount(account: NewAccount): Promise<Account> {
    return this.change('POST', '/api/accounts', Account, { body: account });
  }

  changeAccount({ id, version }: Pick<Account, 'id' | 'version'>, changes: AccountChanges): Promise<Account> {
    return this.change('PATCH', `/api/accounts/${id}`, Account, { body: changes, version });
  }

  async setPassword(id: string, password: string): Promise<void> {
    await this.change('POST', `/api/accounts/${id}/password`, NOTHING, { body: { password } });
  }

  makePasswordLink(id: string): Promise<MadePasswordLink> {
    return this.change('POST', `/api/accounts/${id}/password-link`, MadePasswordLink);
  }

  async signOutEverywhere(id: string): Promise<void> {
    await this.change('POST', `/api/accounts/${id}/sign-out`, NOTHING);
  }

  async units(): Promise<readonly UnitView[]> {
    return (await this.ask('/api/units', UnitList)).items;
  }

  createUnit(name: string): Promise<UnitView> {
    return this.change('POST', '/api/units', UnitView, { body: { name } });
  }

  unitSettings(id: string): Promise<UnitSettings> {
    return this.ask(`/api/units/${id}`, UnitSettings);
  }

  saveUnit({ id, version }: Pick<UnitSettings, 'id' | 'version'>, settings: UnitSettingsBody): Promise<UnitSettings> {
    return this.change('PUT', `/api/units/${id}`, UnitSettings, { body: settings, version });
  }

  async apiKeys(): Promise<readonly ApiKeyView[]> {
    return (await this.ask('/api/api-keys', ApiKeyList)).items;
  }

  createApiKey(key: NewApiKey): Promise<MadeApiKey> {
    return this.change('POST', '/api/api-keys', MadeApiKey, { body: key });
  }

  async endApiKey(id: string): Promise<void> {
    await this.change('DELETE', `/api/api-keys/${id}`, NOTHING);
  }

  deadLetters(state: LettersState, limit: number): Promise<z.infer<typeof DeadLetterPage>> {
    return this.ask(`/api/operations/dead-letters?state=${state}&limit=${limit}`, DeadLetterPage);
  }

  async retry(id: string): Promise<void> {
    await this.change('POST', `/api/operations/dead-letters/${id}/retry`, NOTHING);
  }

  async setAside(id: string, reason: string): Promise<void> {
    await this.change('POST', `/api/operations/dead-letters/${id}/set-aside`, NOTHING, { body: { reason } });
  }

  async reopen(id: string): Promise<void> {
    await this.change('POST', `/api/operations/dead-letters/${id}/reopen`, NOTHING);
  }

  system(): Promise<SystemState> {
    return this.ask('/api/operations/system', SystemState);
  }

  /** Undefined where this server has no job queue. */
  async queue(): Promise<QueueState | undefined> {
    return this.ask('/api/operations/queue', QueueState).catch((error: unknown) => {
      if (error instanceof PageError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
  }
}
