import type { DeliveryChannel, DeliveryReason, LetterStep } from '../../contracts/delivery.ts';
import type { DeliveryView, LetterStepView, LetterView } from '../../contracts/delivery-api.ts';

export const CHANNEL_WORDS: Readonly<Record<DeliveryChannel, string>> = {
  page: 'Patientens sida',
  notice: 'Besked med sms eller e-post',
  digital_post: 'Digital brevlåda',
  print: 'Papper',
  hand: 'För hand',
  phone: 'Telefon',
};

/** Why a channel did not take it, or is not to take it any more. */
const REASONS: Readonly<Record<DeliveryReason, string>> = {
  not_configured: 'hoppas över: inte inställt på den här servern',
  no_address: 'hoppas över: patienten har inget nummer eller ingen adress som går att använda',
  refused: 'togs inte emot: mottagaren säger att numret eller adressen inte gäller',
  unreachable: 'gick inte att nå',
  no_answer: 'svarade inte i tid',
  unavailable: 'kunde inte ta emot just då',
  program_error: 'gick inte på grund av ett fel i programmet',
  read: 'behövs inte: brevet är läst',
  stopped: 'skickas inte: brevet är stoppat',
  replaced: 'skickas inte: ersatt av ett senare brev',
  sent_otherwise: 'behövs inte: skickat på annat sätt',
  too_late: 'hoppas över: hinner inte fram före besöket',
};

/** Says when something was or will be, as the page writes it. */
type Say = (at: Date) => string;

/** What has become of a letter at one channel, or will. */
export function wayInWords(
  { channel, state, dueAt, toldAt, reason, attempts }: DeliveryView,
  letter: Pick<LetterView, 'state'>,
  say: Say,
): string {
  const why = reason === null ? '' : REASONS[reason];
  switch (state) {
    case 'sent':
      return toldAt === null ? '' : sentInWords(channel, say(toldAt));
    case 'ready':
      return 'ligger i Utskrifter';
    case 'failed':
      return `${why}. Brevet gick vidare.`;
    case 'skipped':
    case 'stopped':
      return why;
    case 'waiting':
      if (attempts > 0 && dueAt !== null) return `${why || 'skickas'}, försöker igen ${say(dueAt)}`;
      if (dueAt === null) return letter.state === 'read' ? '' : 'därefter, om brevet inte är läst';
      return dueAt.getTime() <= Date.now() ? 'skickas' : `${say(dueAt)}, om brevet inte är läst`;
    default:
      return state satisfies never;
  }
}

const SENT: Readonly<Record<DeliveryChannel, string>> = {
  page: 'lagt där',
  notice: 'skickat',
  digital_post: 'lämnat dit',
  print: 'utskrivet',
  hand: 'lämnat',
  phone: 'uppringd',
};

function sentInWords(channel: DeliveryChannel, at: string): string {
  return channel === 'page' ? `finns där sedan ${at}` : `${SENT[channel]} ${at}`;
}

const STEPS: Readonly<Record<LetterStep, string>> = {
  queued: 'Brevet skrevs',
  sent: 'skickat',
  read: 'Patienten läste brevet',
  replaced: 'Ersatt av ett senare brev',
  stopped: 'stoppat',
  delayed: 'gick inte',
  waiting: 'väntar',
  ready: 'lagt till utskrift',
  failed: 'gick inte',
  skipped: 'överhoppat',
};

/** One step of a letter: "Besked med sms eller e-post: gick inte att nå, försöker igen kl. 10.32". */
export function stepInWords({ step, channel, reason, dueAt, by }: LetterStepView, say: Say): string {
  const who = by === null ? '' : ` (${by})`;
  if (channel === null)
    return `${step === 'stopped' ? 'Brevet stoppades' : step === 'sent' ? 'Brevet är ute' : STEPS[step]}${who}`;
  const what = step === 'sent' ? SENT[channel] : reason === null ? STEPS[step] : REASONS[reason];
  const again = dueAt === null ? '' : `, försöker igen ${say(dueAt)}`;
  return `${CHANNEL_WORDS[channel]}: ${what}${again}${who}`;
}
