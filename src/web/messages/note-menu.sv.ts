import { sayNumber } from '../../followup/calendar/say.ts';

const HOURS_A_DAY = 24;

function ago(hours: number): string {
  const days = Math.floor(hours / HOURS_A_DAY);
  if (days >= 1) return `för ${sayNumber(days)} ${days === 1 ? 'dag' : 'dagar'} sedan`;
  const whole = Math.floor(hours);
  return whole < 1 ? 'nyss' : `för ${sayNumber(whole)} ${whole === 1 ? 'timme' : 'timmar'} sedan`;
}

/** What is done with a note as a whole, and with questions that come to its clinicians. */
export const NOTE_MENU_MESSAGES = {
  more: 'Fler val',
  cancelAmendment: 'Avbryt rättelsen',
  cancelAmendmentText: 'Text och beslut blir som i den signerade versionen. Det du har ändrat sedan dess försvinner.',
  discard: 'Kasta utkastet',
  discardText: 'Utkastet kan inte tas fram igen.',
  discardLeft: 'Svara ”Inget” eller ”Inte en uppföljning” på varje kort först: inget som efterfrågas får försvinna.',
  deputy: 'Be någon annan signera',
  deputyText: 'Anteckningen kommer i kollegans lista. Du kan fortfarande signera den själv.',
  deputyWho: 'Kollega',
  deputyMissing: 'Välj en kollega.',
  setDeputy: 'Skicka',
  removeDeputy: (name: string) => `Ta bort ${name} som ersättare`,
  hasDeputy: (name: string) => `${name} är ersättare`,
  standIn: 'Bli ersättare',
  standInText: 'Någon annan har skrivit anteckningen. Som ersättare kan du ta ställning och signera.',
  move: 'Fel patient',
  moveText: 'Begäran som redan är lämnad dras tillbaka, och allt som är bestämt får du ta ställning till igen.',
  moveWho: 'Rätt patient',
  moveReason: 'Varför flyttas anteckningen?',
  moveMissing: 'Välj en patient och skriv varför.',
  doMove: 'Flytta anteckningen',

  withdraw: 'Dra tillbaka',
  withdrawHeading: 'Dra tillbaka begäran',
  withdrawText: 'Uppgiften i bokningskön makuleras.',
  withdrawReason: 'Varför?',
  withdrawMissing: 'Skriv varför.',

  searchPatient: 'Sök namn eller personnummer',
  searchColleague: 'Sök namn',
  nobodyFound: 'Ingen heter så här på enheten.',
  noPatientFound: 'Ingen patient på dina enheter börjar så.',
  moreFound: 'Fler finns: skriv mer av namnet.',
  searchFailed: 'Sökningen gick inte. Försök igen.',
  found: (count: number) => `${sayNumber(count)} ${count === 1 ? 'träff' : 'träffar'}`,
  protectedIdentity: 'Skyddad identitet',

  questions: 'Frågor till dig',
  questionFrom: (asker: string) => `från ${asker}`,
  asked: (asker: string, ageHours: number) => `${asker} frågade ${ago(ageHours)}:`,
  aboutTask: 'Gäller en uppgift i bokningskön',
  aboutCard: 'Gäller en uppföljning i anteckningen',
  answer: 'Ditt svar',
  answerMissing: 'Skriv ett svar.',
  sendAnswer: 'Skicka svaret',
  outcome: 'Och uppföljningen',
  outcomes: {
    open: 'Den som frågade avgör',
    confirmed: 'Bekräftas som den är',
    new_target: 'Bekräftas med nytt måldatum',
    nothing: 'Inget ska göras',
  },
  newTarget: 'Nytt måldatum',
  newTargetForTask: 'Nytt måldatum, om det ska ändras',
  targetNow: (day: string) => `Nu: ${day}.`,
  noTargetNow: 'Nu: inget.',
  targetMissing: 'Skriv det nya måldatumet.',
  toNote: 'Öppna anteckningen',
  passOn: 'Skicka vidare …',
  doPassOn: 'Skicka frågan vidare',
  passOnWho: 'Till vem',
  close: 'Stäng',

  reminders: 'Påminnelser',
  remindedOf: {
    note_unsigned: 'osignerad för länge',
    question_unanswered: 'frågan väntar på svar',
    target_near: 'måldatum närmar sig',
    draft_to_sign: 'diktat att signera',
  },
  reminded: 'Påmind',
  putAway: (patient: string) => `Lägg undan påminnelsen om ${patient}`,
} as const;
