import { sayNumber } from '../../followup/calendar/say.ts';

/** Every word about visits to which nobody came. */
export const NO_SHOW_MESSAGES = {
  heading: 'Kom patienten inte?',
  putDown: (who: string) => `${who} antecknas som utebliven. Det går att ta tillbaka i dag.`,
  before: (count: number, latest: string) =>
    `Har uteblivit ${count === 1 ? 'en gång' : `${sayNumber(count)} gånger`} förut, senast ${latest}.`,
  neverBefore: 'Har inte uteblivit förut.',
  next: 'Vad gör enheten nu?',
  requeue: 'Bokar en ny tid',
  requeueHint: 'Uppgiften går tillbaka till bokningskön. Den som bokar skickar ett nytt brev.',
  ask: 'Frågar den som ordinerade besöket',
  askHint: 'Uppgiften väntar på svaret.',
  close: 'Inget mer',
  closeHint: 'Uppgiften avslutas med en anledning. Det går inte att ta tillbaka.',
  question: 'Fråga',
  questionStart: 'Patienten uteblev. Ska vi kalla igen?',
  reason: 'Anledning',
  submit: 'Uteblev',
  done: 'Patienten uteblev.',
  takeBack: 'Patienten kom ändå',
  takenBack: 'Besöket är bokat som förut.',
} as const;
