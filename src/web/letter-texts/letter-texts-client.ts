import type { ChainStation } from '../../contracts/delivery.ts';
import { LetterChain } from '../../contracts/delivery-api.ts';
import type { OwnLetterTexts } from '../../contracts/letter-texts.ts';
import {
  type LetterTextsKey,
  LetterTextsList,
  LetterTextsView,
  type LetterTrial,
  TriedLetter,
  UnitContact,
  type UnitContactBody,
} from '../../contracts/letter-texts-api.ts';
import { ApiClient } from '../shell/api-client.ts';

/** A unit's letter texts on the server. Each method throws PageError. */
export class LetterTextsClient extends ApiClient {
  list(unitId: string): Promise<LetterTextsList> {
    return this.ask(`/api/units/${unitId}/letter-texts`, LetterTextsList);
  }

  texts(unitId: string, key: LetterTextsKey): Promise<LetterTextsView> {
    return this.ask(`/api/units/${unitId}/letter-texts/${key}`, LetterTextsView);
  }

  saveTexts(
    unitId: string,
    { key, version }: Pick<LetterTextsView, 'key' | 'version'>,
    own: OwnLetterTexts,
  ): Promise<LetterTextsView> {
    return this.change('PUT', `/api/units/${unitId}/letter-texts/${key}`, LetterTextsView, { body: { own }, version });
  }

  contact(unitId: string): Promise<UnitContact> {
    return this.ask(`/api/units/${unitId}/contact`, UnitContact);
  }

  saveContact(unitId: string, version: number, contact: UnitContactBody): Promise<UnitContact> {
    return this.change('PUT', `/api/units/${unitId}/contact`, UnitContact, { body: contact, version });
  }

  chain(unitId: string): Promise<LetterChain> {
    return this.ask(`/api/units/${unitId}/letter-chain`, LetterChain);
  }

  saveChain(unitId: string, version: number, stations: readonly ChainStation[]): Promise<LetterChain> {
    return this.change('PUT', `/api/units/${unitId}/letter-chain`, LetterChain, { body: { stations }, version });
  }

  tryOut(unitId: string, key: LetterTextsKey, trial: LetterTrial): Promise<TriedLetter> {
    return this.ask(`/api/units/${unitId}/letter-texts/${key}/trial`, TriedLetter, { method: 'POST', body: trial });
  }
}
