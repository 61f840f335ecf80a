import { AppError, type ErrorCode } from '../contracts/errors.ts';
import type { Transcriber } from '../contracts/transcriber.ts';
import { TranscribeOptions, type Transcript } from '../contracts/transcript.ts';
import type { VocabularySource } from '../contracts/vocabulary.ts';
import { draftRecorded } from '../notes/recorded-note.ts';
import type { Postponed } from '../queue/attempt.ts';
import type { TakenJob } from '../queue/backends/backend.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { clearProgress, settleLettersOf } from '../storage/repositories/dictation-upkeep.ts';
import { changeDictation, type Dictation, lockDictation } from '../storage/repositories/dictations.ts';
import type { Storage } from '../storage/storage.ts';
import { isOfTheSound } from './problems.ts';
import { ProgressTeller } from './progress-teller.ts';
import type { SoundStore } from './sound-store.ts';
import { fenced } from './transactions.ts';
import { utterancesOf, writeNote } from './write-note.ts';

/** What notes of recordings are made with. */
export interface DictationWorld {
  readonly storage: Pick<Storage, 'withAudit' | 'transaction'>;
  readonly sounds: Pick<SoundStore, 'read' | 'keepPlayable'>;
  readonly transcriber: Pick<Transcriber, 'transcribe'>;
  /** Terms that are expected of somebody who speaks. */
  readonly vocabulary?: VocabularySource;
}

/** No fault of the dictation: there is no room, or the server stops. */
const POSTPONE_MS: Partial<Readonly<Record<ErrorCode, number>>> = {
  SPEECH_BUSY: 10_000,
  SPEECH_CLOSED: 1_000,
  CANCELLED: 1_000,
};

/**
 * Makes the note of a dictation: sound, words, text by the rules of dictation, follow-ups. Done again, or by two at
 * once, there is one note: whoever finishes first writes it. A fault of the sound is the dictation's state, for whoever
 * sent it; any other is thrown.
 */
export async function draftDictation(
  world: DictationWorld,
  job: TakenJob,
  dictationId: string,
  signal: AbortSignal,
): Promise<Postponed | undefined> {
  const dictation = await begin(world, job, dictationId);
  if (dictation === undefined) return undefined;
  try {
    await finish(world, job, dictation, await transcribed(world, dictation, signal));
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    const postponeMs = POSTPONE_MS[code];
    if (postponeMs !== undefined) return { postponeMs };
    if (!isOfTheSound(code)) throw thrown;
    await fenced(world.storage, job, (transaction) => failDictation(transaction, dictationId, code));
  }
  return undefined;
}

/** Puts down that there will be no note unless somebody asks again. Nothing for one that has come further meanwhile. */
export async function failDictation(
  transaction: AuditedTransaction,
  dictationId: string,
  errorCode: ErrorCode,
): Promise<void> {
  const dictation = await lockDictation(transaction, dictationId);
  if (dictation.state !== 'received' && dictation.state !== 'transcribing') return;
  await changeDictation(transaction, dictation, { state: 'failed', errorCode });
  await clearProgress(transaction.plain, dictationId);
}

/** Undefined where nothing is to be done any more: it was withdrawn, or has its note. */
function begin({ storage }: DictationWorld, job: TakenJob, dictationId: string): Promise<Dictation | undefined> {
  return fenced(storage, job, async (transaction) => {
    const dictation = await lockDictation(transaction, dictationId);
    const { state, attempts } = dictation;
    if (state !== 'received' && state !== 'transcribing' && state !== 'failed') return undefined;
    return changeDictation(transaction, dictation, { state: 'transcribing', errorCode: null, attempts: attempts + 1 });
  });
}

async function transcribed(
  { storage, sounds, transcriber, vocabulary }: DictationWorld,
  { id, authorId: accountId, wishes: { language, vocabulary: terms } }: Dictation,
  signal: AbortSignal,
): Promise<Transcript> {
  const progress = new ProgressTeller(storage, id);
  let keeping: Promise<void> | undefined;
  try {
    return await transcriber.transcribe({
      file: await sounds.read(id),
      options: TranscribeOptions.parse({ language, vocabulary: terms, words: true }),
      clinicVocabulary: vocabulary?.({ accountId }) ?? [],
      signal,
      // Without it the file as it was sent is played, as far as the browser can.
      onDecoded: (samples) => {
        keeping = sounds.keepPlayable(id, samples).catch(() => undefined);
      },
      onProgress: (done) => progress.tell(done),
    });
  } finally {
    await keeping;
    await progress.settled();
  }
}

/** The note and that it is there, in one transaction. */
async function finish(
  { storage }: DictationWorld,
  job: TakenJob,
  { id, wishes }: Dictation,
  transcript: Transcript,
): Promise<void> {
  const utterances = utterancesOf(id, transcript);
  if (utterances.length === 0) throw new AppError('AUDIO_SILENT', 'nobody speaks in the recording');
  const content = await writeNote(utterances, wishes);
  return fenced(storage, job, async (transaction) => {
    const dictation = await lockDictation(transaction, id);
    if (dictation.state !== 'transcribing') return;
    const { unitId, patientId, encounterId, authorId, recordedAt } = dictation;
    const whose = { unitId, patientId, encounterId, authorId };
    const note = await draftRecorded(transaction, { ...whose, recordedAt, content, utterances });
    await changeDictation(transaction, dictation, { state: 'drafted', noteId: note.id });
    await clearProgress(transaction.plain, id);
    await settleLettersOf(transaction.plain, id);
  });
}
