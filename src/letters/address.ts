/** What LetterContents takes. */
const LONGEST_LINE = 100;
const MOST_LINES = 6;
const WRAPPED = new RegExp(`.{1,${LONGEST_LINE}}(?:\\s|$)|\\S{${LONGEST_LINE}}`, 'g');

/** The lines of an address as units and patients have it: apart by commas, or as lines; a long one goes on below. */
export function linesOfAddress(address: string | null): string[] {
  return (address ?? '')
    .split(/[,\n]/)
    .flatMap((line) => line.trim().match(WRAPPED) ?? [])
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MOST_LINES);
}
