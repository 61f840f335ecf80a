import type { ChainStation } from '../contracts/delivery.ts';
import type { PlannedWay } from '../contracts/letter-api.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../followup/calendar/local-time.ts';
import { addWorkingDays } from '../followup/calendar/swedish-days.ts';
import type { Delivery } from '../storage/repositories/deliveries.ts';
import type { Letter } from '../storage/repositories/letters.ts';

const HOUR_MS = 3_600_000;
/** Whoever reads a text message later than that has left home, or cannot. */
const NOTICE_HOURS = 2;
/** A letter box is looked into once a day. */
const POST_BOX_HOURS = 24;
/** Printed and posted by the next working day, two under way (PostNord's promise for a letter), and one to be read. */
const PAPER_WORKING_DAYS = 4;
const PAPER_UNTIL = localTime(12, 0)!;
/** A working day for somebody to call, and to try again. */
const PHONE_WITHIN_HOURS = 48;

type Station = ChainStation['channel'];

/** The latest at which a channel is given a letter that is to be read before the visit. */
function latestFor(channel: Station, visitAt: Date): Date {
  switch (channel) {
    case 'page':
      return visitAt;
    case 'notice':
      return new Date(visitAt.getTime() - NOTICE_HOURS * HOUR_MS);
    case 'digital_post':
      return new Date(visitAt.getTime() - POST_BOX_HOURS * HOUR_MS);
    case 'print': {
      const day = addWorkingDays(stockholmClockAt(visitAt.getTime()).date, -PAPER_WORKING_DAYS);
      return new Date(stockholmInstant(day, PAPER_UNTIL).instantMs);
    }
    default:
      return channel satisfies never;
  }
}

/**
 * When a channel has its turn: as the chain says, or sooner where the letter would come after the visit; null where it is
 * too late for this channel already.
 *
 * @param by the chain's own time for it
 */
export function turnOf(channel: Station, by: Date, now: Date, visitAt: Date | null): Date | null {
  if (visitAt === null) return by;
  const latest = latestFor(channel, visitAt);
  if (latest < now) return null;
  return latest < by ? latest : by;
}

/** Whether the next channel would be too late by the next try of one that is down, and is not yet. */
export function isLastChance(
  later: readonly Pick<Delivery, 'channel' | 'state'>[],
  { now, nextTry, visitAt }: { readonly now: Date; readonly nextTry: Date; readonly visitAt: Date | null },
): boolean {
  const next = later.find(({ state }) => state === 'waiting')?.channel;
  if (visitAt === null || next === undefined || next === 'hand' || next === 'phone') return false;
  const latest = latestFor(next, visitAt);
  return now <= latest && latest < nextTry;
}

/** When each channel of a chain would have its turn, as long as nobody reads the letter. */
export function planWays(stations: readonly ChainStation[], now: Date, visitAt: Date | null): PlannedWay[] {
  let [told, by] = [now, now];
  return stations.map(({ channel, waitHours }) => {
    const at = turnOf(channel, by, told, visitAt);
    if (at !== null) {
      told = at;
      by = new Date(at.getTime() + (waitHours ?? 0) * HOUR_MS);
    }
    return { channel, at };
  });
}

/** The first visit ahead that a letter must be read before. A reminder is no news, and what is to be booked has no day. */
export function visitToTell({ kind, contents }: Pick<Letter, 'kind' | 'contents'>, now: Date): Date | null {
  if (kind === 'paminnelse') return null;
  const ahead = contents.visits.map(({ startsAt }) => Date.parse(startsAt)).filter((at) => at > now.getTime());
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}

type ShownWay = Pick<Delivery, 'channel' | 'state'>;

/**
 * Whether somebody has to call: an unread letter that no channel could bring, or that nobody has opened with the visit
 * near and no channel left. Of what lies on paper, or was said by hand, nobody can know whether it was read.
 */
export function mustPhone(
  letter: Pick<Letter, 'kind' | 'state' | 'contents'>,
  deliveries: readonly ShownWay[],
  now: Date,
): boolean {
  if (letter.kind === 'paminnelse' || (letter.state !== 'queued' && letter.state !== 'sent')) return false;
  const out = deliveries.filter(({ channel }) => channel !== 'page');
  if (out.some(({ state }) => state === 'waiting' || state === 'ready')) return false;
  const sent = out.filter(({ state }) => state === 'sent');
  if (sent.some(({ channel }) => channel === 'print' || channel === 'hand' || channel === 'phone')) return false;
  if (sent.length === 0 && out.some(({ state }) => state === 'failed' || state === 'skipped')) return true;
  const visitAt = visitToTell(letter, now);
  return visitAt !== null && visitAt.getTime() - now.getTime() <= PHONE_WITHIN_HOURS * HOUR_MS;
}
