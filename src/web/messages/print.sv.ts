/** The words of what is printed. */
export const PRINT_MESSAGES = {
  open: (waiting: number) => (waiting === 0 ? 'Utskrifter' : `Utskrifter (${waiting})`),
  heading: 'Utskrifter',
  waitingHeading: 'Väntar på utskrift',
  nothingWaits: 'Inget brev väntar på utskrift.',
  gather: (count: number, unit: string | undefined) =>
    `Samla ${count === 1 ? 'ett brev' : `${count} brev`} i en PDF${unit === undefined ? '' : ` (${unit})`}`,
  since: (when: string) => `sedan ${when}`,
  protectedName: 'Skyddad identitet',
  protectedHint: 'Skyddad identitet: lägg brevet i ett kuvert som Skatteverket förmedlar.',
  pilesHeading: 'Buntar',
  pile: (count: number, by: string, when: string) => `${count === 1 ? 'Ett brev' : `${count} brev`}, ${by}, ${when}`,
  openPile: 'Öppna PDF',
  openPileOf: (pile: string) => `Öppna PDF: ${pile}`,
  printed: 'Utskrivna och på väg',
  printedAt: (when: string) => `Utskrivna ${when}`,
  printedHint: 'Skriv ut bunten, lägg breven i fönsterkuvert och markera dem som utskrivna. PDF:en går att öppna igen.',
  bothSides: 'Skrivaren skriver på båda sidor',
  failed: 'Det gick inte. Försök igen.',
} as const;
