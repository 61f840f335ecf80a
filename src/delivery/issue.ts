import type { ChainStation, LetterKind } from '../contracts/delivery.ts';
import { AppError } from '../contracts/errors.ts';
import { LetterContents } from '../contracts/letter.ts';
import { composeIssued } from '../letters/issued.ts';
import { checkDrawable } from '../letters/to-pdf.ts';
import { issueAnswerCode } from '../patient-page/answer-codes.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, changeTask, listTasks } from '../storage/repositories/admin-tasks.ts';
import { createDeliveries } from '../storage/repositories/deliveries.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { createLetter, endLetter, type Letter } from '../storage/repositories/letters.ts';
import { unitById } from '../storage/repositories/staff.ts';
import { answerAddress, checkReachable } from './answer-address.ts';
import { type CheckedWords, withCheckedWords, withoutUncheckedWords } from './checked-words.ts';
import { draftLetter, type LetterDraft, type LetterWishes } from './draft.ts';
import { giveTurn } from './go-on.ts';

const DAY_MS = 24 * 3_600_000;
/** Whoever comes late still reads what it was about. */
const CODE_OUTLIVES_MS = 7 * DAY_MS;

export interface LetterOrder extends LetterWishes {
  /** What staff have looked through; `as-before`: nobody looks, what was checked for earlier letters counts. */
  readonly preparations: readonly CheckedWords[] | 'as-before';
  /** What whoever sends it has seen: the task's version, and the letter that this one takes the place of. */
  readonly seen?: { readonly version: number; readonly replaces: string | null };
}

export interface IssueWorld {
  readonly nowMs: number;
  /** The address at which patients reach this server, without a path. */
  readonly publicUrl: string;
}

/**
 * Puts down a letter as it goes out and sets it on its way through the unit's channels; an unread one of the same chain
 * goes no further. What it names as booked is called. Throws STATE_NOT_ALLOWED for a letter that there is no cause for or
 * whose words are unchecked, CONFIG_INVALID for one that would tell no good address, REQUEST_INVALID for one that cannot
 * be drawn, CONFLICT where another was issued meanwhile.
 */
export async function issueLetter(
  transaction: AuditedTransaction,
  order: LetterOrder,
  world: IssueWorld,
): Promise<Letter> {
  const { kind, taskId, seen } = order;
  const draft = await draftLetter(transaction, order, world.nowMs);
  const { task, earlier } = draft;
  const replaced = unreadBefore(earlier, kind);
  if (seen) checkSeen(seen, task, replaced);
  const contents = { ...checkedContents(draft, order), ...(await answerOf(transaction, draft, world)) };
  const letter = { kind, texts: draft.letter.texts, contents: LetterContents.parse(contents) };
  // What cannot be drawn must not be found out by whoever prints it.
  checkDrawable(composeIssued(letter));
  const { unitId, patientId, chainId } = task;
  const { form } = contents;
  if (form === 'timed' && kind !== 'avbokning') await callTasks(transaction, task);
  for (const one of replaced) await endLetter(transaction, one, 'replaced');
  const issued = await createLetter(transaction, { unitId, patientId, chainId, taskId, form, ...letter });
  await setOnItsWay(transaction, issued, world.nowMs);
  return issued;
}

/** A reminder takes the place of a reminder only; everything else of all that was said before and not read. */
function unreadBefore(earlier: readonly Letter[], kind: LetterKind): Letter[] {
  const unread = earlier.filter(({ state }) => state === 'queued' || state === 'sent');
  return kind === 'paminnelse' ? unread.filter((letter) => letter.kind === 'paminnelse') : unread;
}

function checkSeen(
  { version, replaces }: NonNullable<LetterOrder['seen']>,
  task: AdminTask,
  replaced: readonly Letter[],
): void {
  if (task.version !== version) throw new VersionConflict('task', version);
  const holding = replaced.find(({ kind }) => kind !== 'paminnelse')?.id ?? null;
  if (holding === replaces) return;
  throw new AppError('CONFLICT', 'another letter is under way than was seen', {
    expected: replaces === null ? 'none' : `letter ${replaces}`,
    got: holding === null ? 'none' : `letter ${holding}`,
  });
}

function checkedContents({ letter, earlier }: LetterDraft, { kind, preparations }: LetterOrder): LetterContents {
  const { contents } = letter;
  if (kind === 'avbokning') return contents;
  if (preparations !== 'as-before') return withCheckedWords(contents, preparations);
  return withoutUncheckedWords(contents, earlier);
}

/** The way to the patient's page; a cancelled time needs none. */
async function answerOf(
  transaction: AuditedTransaction,
  { task: { unitId, patientId, chainId }, letter: { kind, contents } }: LetterDraft,
  { nowMs, publicUrl }: IssueWorld,
): Promise<Pick<LetterContents, 'answer'>> {
  if (kind === 'avbokning') return {};
  const days = [
    ...contents.visits.map(({ startsAt }) => startsAt),
    ...(contents.toBook ? [contents.toBook.latestDay] : []),
  ];
  const expiresAt = new Date(Math.max(nowMs, ...days.map((day) => Date.parse(day))) + CODE_OUTLIVES_MS);
  checkReachable(publicUrl, await unitById(transaction.plain, unitId));
  const code = await issueAnswerCode(transaction, { unitId, patientId, chainId, expiresAt });
  return { answer: { address: answerAddress(publicUrl), code } };
}

/** The visits of the chain that are booked are called now. */
async function callTasks(transaction: AuditedTransaction, { chainId }: AdminTask): Promise<void> {
  for (const { id, version, state } of await listTasks(transaction, { chainId })) {
    if (state === 'booked') await changeTask(transaction, id, version, { state: 'called' });
  }
}

/** A reminder is for the telephone: on paper it would come when the visit has been. */
const REMINDER_CHAIN: readonly ChainStation[] = [
  { channel: 'page', waitHours: 0 },
  { channel: 'notice', waitHours: null },
];

async function setOnItsWay(transaction: AuditedTransaction, letter: Letter, nowMs: number): Promise<void> {
  const { letterChain } = await unitById(transaction.plain, letter.unitId);
  const chain = letter.kind === 'paminnelse' ? REMINDER_CHAIN : letterChain;
  const deliveries = await createDeliveries(transaction, stationsOf(letter, chain));
  const now = new Date(nowMs);
  await giveTurn(transaction, letter, deliveries, { by: now, now });
}

function stationsOf({ id: letterId, unitId, patientId }: Letter, chain: readonly ChainStation[]) {
  return chain.map(({ channel, waitHours }, index) => ({
    letterId,
    unitId,
    patientId,
    position: index + 1,
    channel,
    waitHours,
    state: 'waiting' as const,
    dueAt: null,
    toldAt: null,
  }));
}
