const LONGEST_QUOTE = 160;

/** Why a decided follow-up has to be decided again, in Swedish, as its card says it. */
export const REOPENED = {
  wordsChanged: (before: string, now: string) => `Texten har ändrats: förut ${quote(before)}, nu ${quote(now)}.`,
  readDifferently: (words: string) => `Texten har ändrats, så att ${quote(words)} läses annorlunda än förut.`,
  newQuestion: (reason: string) => `Texten har ändrats, och det finns något nytt att ta ställning till: ${reason}`,
  wordsGone: (words: string) => `Texten har ändrats: ${quote(words)} finns inte kvar.`,
  notReadAnyMore: (words: string) => `Texten har ändrats, så att ${quote(words)} inte längre läses som en uppföljning.`,
  wordsBack: (words: string) => `Texten har ändrats: ${quote(words)} finns med igen.`,
  fewerThanBefore: (words: string) => `Texten har ändrats: ${quote(words)} står färre gånger än förut.`,
  noteMoved: () => 'Anteckningen har flyttats till en annan patient.',
  requestWithdrawn: (reason: string) => `Begäran har dragits tillbaka: ${reason}`,
} as const;

function quote(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ').trim();
  return `”${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line}”`;
}
