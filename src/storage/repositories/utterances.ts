import type { Insertable, Selectable } from 'kysely';
import type { DictatedWord } from '../../contracts/dictation.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { jsonText } from '../tables/columns.ts';
import type { UtterancesTable } from '../tables/notes.ts';

export type Utterance = Selectable<UtterancesTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Keeps what was said; the same utterance once more changes nothing. */
export async function addUtterance(
  transaction: AuditedTransaction,
  utterance: Omit<Insertable<UtterancesTable>, 'words'> & { words: readonly DictatedWord[] },
): Promise<void> {
  await transaction.write
    .insertInto('utterances')
    .values({ ...utterance, words: jsonText(utterance.words) })
    .onConflict((conflict) => conflict.columns(['noteId', 'liveSessionId', 'number']).doNothing())
    .execute();
}

/** In the order in which they were said. */
export async function listUtterances(transaction: AuditedTransaction, noteId: string): Promise<Utterance[]> {
  return transaction.read({ action: 'read', object: 'utterances', objectId: noteId, patientOf }, (tables) =>
    tables
      .selectFrom('utterances')
      .innerJoin('notes', 'notes.id', 'utterances.noteId')
      .selectAll('utterances')
      .select('notes.patientId')
      .where('utterances.noteId', '=', noteId)
      .orderBy('utterances.createdAt')
      .orderBy('utterances.number')
      .execute(),
  );
}
