import type { LetterView } from '../../contracts/delivery-api.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { deliveriesOf } from '../../storage/repositories/deliveries.ts';
import type { Letter } from '../../storage/repositories/letters.ts';

type ShownLetter = Pick<Letter, 'id' | 'taskId' | 'kind' | 'form' | 'state' | 'createdAt' | 'readAt' | 'version'>;

/** Letters with their ways through the channels, in the order given. */
export async function letterViews<Row extends ShownLetter>(
  transaction: AuditedTransaction,
  letters: readonly Row[],
): Promise<(Row & Pick<LetterView, 'deliveries'>)[]> {
  const ids = letters.map(({ id }) => id);
  const deliveries = Map.groupBy(await deliveriesOf(transaction, ids), ({ letterId }) => letterId);
  return letters.map((letter) => ({ ...letter, deliveries: deliveries.get(letter.id) ?? [] }));
}

/** Whose a letter is, as a list may show it. */
export function patientOfLetter(row: {
  readonly patientId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly protectedIdentity: boolean;
}) {
  const { patientId: id, givenName, familyName, protectedIdentity } = row;
  return { id, protectedIdentity, name: protectedIdentity ? null : `${givenName} ${familyName}` };
}
