import { isNumberWord } from './number-words.ts';
import { isUnitSymbol } from './units.ts';

/** Commands that a recogniser fuses to the end of the word before, with the spellings it uses. */
const FUSED_COMMANDS = /^(.{2,}?)(punkts?|frågetecken|utropstecken|semikolon|n[yu]rad)$/u;

/** Where the recogniser heard a sentence end, "dagarpant." and "marspont." are "dagar punkt" and "mars punkt". */
const MISHEARD_AT_END = /(?<=\p{L}{4}(?<!flask|burk|under))(?:pant|pont)$/u;

/** First parts of real words in -punkt. */
const PUNKT_COMPOUNDS = new Set(
  (
    'tid tids utgångs stånd syn höjd mitt vänd tyngd medel knut bränn bryt start samlings referens program ljus slut ' +
    'kok träff smält säkerhetssyn kontra utsikts kontroll noll mät huvud åtals access frys mötes skärnings kontakt ' +
    'central fäst fix flam änd angrepps hälsosyn anslutnings data stödje kärn håll bild berörings blick fokus ' +
    'kopplings mål ingångs dagg låg orienterings stöd extrem ursprungs bytes diskussions list akupunktur öm ömhets ' +
    'smärt trigger tryck injektions insticks när fjärr sväng spets delnings'
  ).split(' '),
);

/**
 * Takes apart what a recogniser wrote as one word: a command at its end, a decimal, a figure and its unit.
 * Real words ("tidpunkt") stay whole. `endsSentence`: the recogniser put a full stop behind it.
 */
export function splitFused(word: string, endsSentence: boolean): string[] {
  const lower = word.toLowerCase();
  const misheard = endsSentence && MISHEARD_AT_END.exec(lower);
  if (misheard) return [word.slice(0, -misheard[0].length), 'punkt'];
  const command = FUSED_COMMANDS.exec(lower);
  if (command && !(command[2]!.startsWith('punkt') && PUNKT_COMPOUNDS.has(command[1]!))) {
    const head = word.slice(0, command[1]!.length).replace(/-$/, '');
    return [...splitFused(head, false), word.slice(command[1]!.length)];
  }
  const figure = /^(\d+(?:[.,]\d+)?)(\D\S*)$/u.exec(word);
  if (figure && isUnitSymbol(figure[2]!)) return [figure[1]!, figure[2]!];
  const decimal = /^(.+?)(komm?a)(.+)$/u.exec(lower);
  if (decimal && isNumberWord(decimal[1]!) && isNumberWord(decimal[3]!)) {
    return [decimal[1]!, decimal[2]!, decimal[3]!];
  }
  return [word];
}
