import { type LetterParts, letterOfTask } from '../appointments/letter.ts';
import type { LetterKind } from '../contracts/delivery.ts';
import { AppError } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { IssuedLetter } from '../letters/issued.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, taskById } from '../storage/repositories/admin-tasks.ts';
import { type Letter, lettersOfChain } from '../storage/repositories/letters.ts';
import { withEarlierWords } from './checked-words.ts';
import { latestTold, visitsAhead } from './due-letter.ts';

export interface LetterWishes {
  readonly taskId: string;
  readonly kind: LetterKind;
  /** As in the latest letter of the chain when absent. */
  readonly hasLargePrint?: boolean | undefined;
}

/** A letter as it would go out now, but for what only the issued one has: the code and the checked words. */
export interface LetterDraft {
  readonly task: AdminTask;
  /** Letters of its chain, the latest first. */
  readonly earlier: readonly Letter[];
  readonly letter: IssuedLetter;
}

/** Throws STATE_NOT_ALLOWED for a letter that there is no cause for, and for a unit without a phone number. */
export async function draftLetter(
  transaction: AuditedTransaction,
  wishes: LetterWishes,
  nowMs: number,
): Promise<LetterDraft> {
  const { taskId, kind } = wishes;
  const task = await taskById(transaction, taskId);
  const earlier = await lettersOfChain(transaction, task.chainId);
  const hasLargePrint = wishes.hasLargePrint ?? latestTold(earlier)?.contents.hasLargePrint ?? false;
  const { date: writtenOn } = stockholmClockAt(nowMs);
  const { contents, texts } =
    kind === 'avbokning'
      ? cancelledParts(earlier, { writtenOn, hasLargePrint, nowMs })
      : await calledParts(transaction, task, kind, { writtenOn, hasLargePrint });
  const letter = { kind, contents: withEarlierWords(contents, earlier), texts: { ...texts, ...introOf(kind, task) } };
  return { task, earlier, letter };
}

const CLOSED: ReadonlySet<AdminTask['state']> = new Set(['cancelled', 'done']);

async function calledParts(
  transaction: AuditedTransaction,
  { id, state }: AdminTask,
  kind: LetterKind,
  how: { readonly writtenOn: string; readonly hasLargePrint: boolean },
): Promise<LetterParts> {
  const parts = await letterOfTask(transaction, id, how);
  if (parts.contents.form === 'timed' || (kind === 'kallelse' && !CLOSED.has(state))) return parts;
  throw new AppError('STATE_NOT_ALLOWED', 'there is no cause for such a letter', {
    expected: 'a booked time, or a kallelse of an open task',
    got: `${kind} of a task that is ${state}, without a time`,
  });
}

/** What the patient was told of, as far as it lies ahead. */
function cancelledParts(
  earlier: readonly Letter[],
  { writtenOn, hasLargePrint, nowMs }: { writtenOn: string; hasLargePrint: boolean; nowMs: number },
): LetterParts {
  const told = latestTold(earlier);
  const visits = told === undefined || told.kind === 'avbokning' ? [] : visitsAhead(told, nowMs);
  if (told === undefined || visits.length === 0) {
    throw new AppError('STATE_NOT_ALLOWED', 'nobody was told of a time that could be cancelled', {
      expected: 'an earlier letter with a time ahead',
      got: 'none',
    });
  }
  const { answer: _, ...contents } = told.contents;
  return { contents: { ...contents, writtenOn, hasLargePrint, visits }, texts: told.texts };
}

/** The first words of what is no kallelse. */
function introOf(kind: LetterKind, { state }: Pick<AdminTask, 'state'>): { readonly introTimed?: string } {
  switch (kind) {
    case 'kallelse':
    case 'paminnelse':
      return {};
    case 'ombokning':
      return { introTimed: 'Din tid hos {enhet} är ändrad. Det här gäller i stället för det som vi skrev tidigare.' };
    case 'avbokning':
      return {
        introTimed: CLOSED.has(state)
          ? 'Tiden gäller inte längre.'
          : 'Tiden gäller inte längre. Du får ett nytt brev när vi har en ny tid till dig.',
      };
    default:
      return kind satisfies never;
  }
}
