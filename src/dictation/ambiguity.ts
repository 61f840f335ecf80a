import type { CommandName } from '../contracts/dictation.ts';
import { type Context, startsClause, wordsBefore } from './context.ts';
import type { Cursor } from './cursor.ts';
import { ISOLATING_PAUSE_SECONDS, MARK_PAUSE_SECONDS } from './pauses.ts';
import { endsInHeading } from './sections.ts';

/**
 * Words that are a command and also a word of the language. Evidence is added up from the neighbours and the pauses;
 * above zero it is the command. The weights are judgements, kept in one place and held by the tests: a clear neighbour
 * ("i kolon", "kan komma") outweighs both pauses, and pauses decide where the neighbours say nothing.
 */

const words = (list: string) => new Set(list.split(' '));

const BEFORE_BOWEL = words(
  'i av från till genom hela vänster höger distala proximala övriga resten tunntarm rektum sigmoideum coekum cekum ' +
    'och samt eller ur längs mot inom hos en irritabel irritabelt rensad förtjockad dilaterad',
);
const AFTER_BOWEL = words(
  'sigmoideum sigmoidium ascendens descendens transversum sinistrum dextrum irritabile cancer ca polyp polyper ' +
    'divertiklar divertikulos slemhinna slemhinnan',
);
const AFTER_BOWEL_MAYBE = words('och eller är var visar visade undersöks inspekteras ua utan med samt till upp');

const MODALS = words(
  'kan kunde kunna ska skall skulle vill ville måste får fick få bör borde behöver att brukar hinner orkar tänker ' +
    'önskar lovat låta lär må har hade försöker avser planerar vågar',
);
const BETWEEN_MODAL_AND_VERB = words(
  'inte också sedan då dock nu ändå hon han hen de den det patienten pat modern fadern du ni vi jag man gärna snart ' +
    'själv även ej eventuellt möjligen alltid aldrig',
);
const AFTER_COMING = words('tillbaka hit dit igång överens ihåg åter in hem fram ut');
const AFTER_COMING_MAYBE = words('att till på för via med nästa imorgon idag upp och');

const BEFORE_POINT = words('en denna den varje viss första andra tredje fjärde femte avgörande gemensam springande');
/** These end sentences too: "buken öm punkt", but "öm punkt lateralt". */
const BEFORE_POINT_MAYBE = words('öm smärtsam svag fast samma följande nästa någon ingen sista viktig central aktuell');
const AFTER_POINT = words('lateralt medialt proximalt distalt över under vid på i mellan motsvarande är har');
const BEFORE_NUMBERED_POINT = words('under enligt på vid se i');
const NUMBER_AHEAD = /^(ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|\d{1,2})$/;

/** Whether the words at the front, which read as this command, are meant as it. */
export function isMeantAsCommand(command: CommandName, length: number, cursor: Cursor, context: Context): boolean {
  switch (command) {
    case 'full-stop':
      return fullStopEvidence(cursor, context) > 0;
    case 'comma':
      return commaEvidence(cursor, context) > 0;
    case 'colon':
      return colonEvidence(cursor, context) > 0;
    case 'undo':
      return !isVerb(context, cursor) && !/^(sig|mig|dig|oss|er)$/.test(cursor.peek(length)?.key ?? '');
    case 'strike':
      return cursor.first.key === 'stryk' || !isVerb(context, cursor);
    case 'go-to':
      return !isVerb(context, cursor);
    case 'next':
    case 'previous':
      return isIsolated(cursor, length);
    case 'stop':
      return (length > 1 && !isVerb(context, cursor)) || isIsolated(cursor, length);
    default:
      return true;
  }
}

function isIsolated(cursor: Cursor, length: number): boolean {
  return (
    cursor.first.pauseBeforeSeconds >= ISOLATING_PAUSE_SECONDS &&
    cursor.pauseBeforeSeconds(length) >= ISOLATING_PAUSE_SECONDS
  );
}

function pausesAround(cursor: Cursor): { before: boolean; after: boolean } {
  return {
    before: cursor.first.pauseBeforeSeconds >= MARK_PAUSE_SECONDS,
    after: cursor.pauseBeforeSeconds(1) >= MARK_PAUSE_SECONDS,
  };
}

/** "patienten ska gå till status", "hon kan inte ångra": a modal verb before it, and no pause. */
function isVerb(context: Context, cursor: Cursor): boolean {
  return !pausesAround(cursor).before && followsModal(wordsBefore(context.before));
}

function followsModal(before: readonly string[]): boolean {
  for (const word of before.slice(0, 4)) {
    if (MODALS.has(word)) return true;
    if (!BETWEEN_MODAL_AND_VERB.has(word)) return false;
  }
  return false;
}

function fullStopEvidence(cursor: Cursor, context: Context): number {
  const [before = ''] = wordsBefore(context.before);
  const pause = pausesAround(cursor);
  const next = cursor.peek(1)?.key ?? '';
  const isPoint =
    BEFORE_POINT.has(before) ||
    (BEFORE_POINT_MAYBE.has(before) && AFTER_POINT.has(next)) ||
    (BEFORE_NUMBERED_POINT.has(before) && NUMBER_AHEAD.test(next));
  return 2 - (isPoint ? 4 : 0) + (pause.before ? 1.5 : 0) + (pause.after ? 1 : 0);
}

function commaEvidence(cursor: Cursor, context: Context): number {
  const before = wordsBefore(context.before);
  const pause = pausesAround(cursor);
  const next = cursor.peek(1)?.key ?? '';
  const evidence = 1.5 + (pause.before ? 1.5 : 0) + (pause.after ? 1 : 0);
  const isVerbPlace = followsModal(before) || (startsClause(context.before) && context.before !== '');
  // "det kan hon inte", pause, "komma", pause
  const verb = isVerbPlace ? (BETWEEN_MODAL_AND_VERB.has(before[0] ?? '') ? 3 : 4) : 0;
  const towards = AFTER_COMING.has(next) ? 2 : AFTER_COMING_MAYBE.has(next) ? 1 : 0;
  return evidence - verb - towards - (cursor.first.key === 'koma' ? comaDoubt(before) : 0);
}

/** "Koma" is also a state of the patient. */
function comaDoubt([before = '']: readonly string[]): number {
  return /^(i|ur|djup|djupt|medvetslös|diabetes|hepatisk)$/.test(before) ? 6 : 2.5;
}

function colonEvidence(cursor: Cursor, context: Context): number {
  const before = wordsBefore(context.before);
  const pause = pausesAround(cursor);
  const next = cursor.peek(1)?.key ?? '';
  const isAfterHeading = endsInHeading(before, context.sections);
  let evidence = 1 + (pause.before ? 1 : 0) + (pause.after ? 1 : 0);
  if (isAfterHeading) evidence += 4;
  if (BEFORE_BOWEL.has(before[0] ?? '') && !isAfterHeading) evidence -= 4;
  if (AFTER_BOWEL.has(next)) evidence -= 4;
  else if (AFTER_BOWEL_MAYBE.has(next)) evidence -= 1.5;
  if (startsClause(context.before)) evidence -= 4;
  // a ball, and what a recogniser makes of the colon
  if (cursor.first.key === 'kulan') evidence -= 4;
  return evidence;
}
