import type { OutboxTopic } from '../../contracts/booking-events.ts';

/** What a job was to do, by its topic. */
const JOBS: Readonly<Record<OutboxTopic, string>> = {
  'request.created': 'En begäran blev ingen uppgift i bokningskön',
  'request.withdrawn': 'Påminnelser om en återkallad begäran togs inte bort',
  'question.asked': 'En fråga kom inte fram',
  'question.answered': 'Påminnelser om en besvarad fråga togs inte bort',
  'task.waiting': 'En uppgift som väntar väcktes inte',
  'note.signed': 'En signerad anteckning togs inte om hand',
  'dictation.received': 'Ett inspelat diktat blev ingen anteckning',
  'webhook.due': 'Ett besked till ett annat program kom inte fram',
  'time.freed': 'En ledig tid erbjöds ingen som vill komma tidigare',
  'offer.made': 'En patient fick inget besked om en erbjuden tid',
  'letter.due': 'Ett brev kom inte vidare till nästa kanal',
  'reminder.due': 'En påminnelse kom inte fram',
};

export function jobInWords(topic: string): string {
  const known: Readonly<Record<string, string>> = JOBS;
  return known[topic] ?? `Ett jobb som programmet inte känner till (${topic})`;
}

/** What the ids of a job are of. */
export const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  requestId: 'begäran',
  questionId: 'fråga',
  freedTimeId: 'ledig tid',
  offerId: 'erbjudande',
  taskId: 'uppgift',
  noteId: 'anteckning',
  dictationId: 'diktat',
  deliveryId: 'leverans',
  reminderId: 'påminnelse',
};

/** The words of what could not be done. */
export const FAILURE_WORDS = {
  heading: 'Det som inte gick',
  hint: 'Jobb som programmet har gett upp efter flera försök. Ingen patient nämns; id säger vad det gäller.',
  board: 'Alla jobb i köerna',
  which: 'Vilka som visas',
  states: { open: 'Att ta hand om', 'set-aside': 'Undanlagda' },
  none: { open: 'Allt har gått som det ska.', 'set-aside': 'Inget är undanlagt.' },
  gaveUp: (time: string, attempts: number) =>
    `Gav upp ${time} efter ${attempts === 1 ? 'ett försök' : `${attempts} försök`}`,
  more: 'Visa fler',
  retry: 'Försök igen',
  retried: 'Jobbet görs om. Går det inte nu heller kommer det tillbaka hit.',
  setAside: 'Lägg undan …',
  setAsideHeading: 'Lägg undan utan att göra det?',
  setAsideHint: 'Jobbet görs inte. Skriv varför, så att den som undrar sedan vet.',
  setAsideDo: 'Lägg undan',
  reason: 'Skäl',
  wasSetAside: 'Undanlagt.',
  setAsideBy: (name: string, time: string) => `Undanlagt av ${name} ${time}:`,
  reopen: 'Ta upp igen',
  reopened: 'Det ligger bland det som ska tas om hand.',
} as const;
