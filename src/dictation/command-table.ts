import type { CommandName } from '../contracts/dictation.ts';

export type CommandGroup = 'Skiljetecken' | 'Rader och stycken' | 'Rätta' | 'Sökord och fält' | 'Skrivsätt' | 'Diktat';

/** A spoken command, for the rules and for the page's strip of what can be said. */
export interface Command {
  readonly name: CommandName;
  readonly group: CommandGroup;
  /** What to say, as the page shows it. */
  readonly label: string;
  /** What it does, in a few words. */
  readonly help: string;
  /** Something to say, and what is then written. */
  readonly example: readonly [said: string, written: string];
  /** All that counts as this command. The first is the label's. */
  readonly phrases: readonly string[];
}

type Line = readonly [
  name: CommandName,
  group: CommandGroup,
  label: string,
  help: string,
  example: readonly [string, string],
  phrases: string,
];

/** One line a command. Phrases are compared by sound, joined or parted: "nyrad", "ny-rad" and "ny rad" are one. */
// biome-ignore format: a table is read by its lines
const LINES: readonly Line[] = [
  ['full-stop', 'Skiljetecken', 'punkt', 'sätter punkt', ['mår bra punkt', 'Mår bra.'], 'punkt|punkts|punktt|punt|punk'],
  ['comma', 'Skiljetecken', 'komma', 'sätter kommatecken', ['trött komma yr', 'Trött, yr'], 'komma|kommatecken|kåmma'],
  ['colon', 'Skiljetecken', 'kolon', 'sätter kolon', ['status kolon gott', 'Status: gott'], 'kolon|kolontecken|kålon|kulon|kulan|kollon'],
  ['semicolon', 'Skiljetecken', 'semikolon', 'sätter semikolon', ['trött semikolon yr', 'Trött; yr'], 'semikolon|semi kulon'],
  ['question-mark', 'Skiljetecken', 'frågetecken', 'sätter frågetecken', ['feber frågetecken', 'Feber?'], 'frågetecken|frogetekkan|fråge täcken'],
  ['exclamation-mark', 'Skiljetecken', 'utropstecken', 'sätter utropstecken', ['obs utropstecken', 'Obs!'], 'utropstecken|utrops täcken'],
  ['slash', 'Skiljetecken', 'snedstreck', 'sätter snedstreck', ['och snedstreck eller', 'Och/eller'], 'snedstreck|snett streck'],
  ['hyphen', 'Skiljetecken', 'bindestreck', 'sätter bindestreck', ['beta bindestreck blockad', 'Beta-blockad'], 'bindestreck|binde streck'],
  ['dash', 'Skiljetecken', 'tankstreck', 'sätter tankstreck', ['trött tankstreck yr', 'Trött – yr'], 'tankstreck|tank streck'],
  ['parenthesis', 'Skiljetecken', 'parentes', 'öppnar parentes, och stänger den som är öppen', ['knä parentes vänster parentes', 'Knä (vänster)'], 'parentes|parantes|parentestecken'],
  ['parenthesis-open', 'Skiljetecken', 'parentes början', 'öppnar parentes', ['knä parentes början vänster', 'Knä (vänster'], 'parentes början|öppna parentes|börja parentes|parentes start|ny parentes'],
  ['parenthesis-close', 'Skiljetecken', 'parentes slut', 'stänger parentes', ['parentes slut', ')'], 'parentes slut|slut parentes|stäng parentes|avsluta parentes'],
  ['quotation-mark', 'Skiljetecken', 'citattecken', 'öppnar citat, och stänger det som är öppet', ['citattecken bra citattecken', '”Bra”'], 'citattecken|citationstecken|citat täcken|börja citat'],
  ['quotation-close', 'Skiljetecken', 'slut citat', 'stänger citat', ['slut citat', '”'], 'slut citat|citat slut|avsluta citat'],
  ['new-line', 'Rader och stycken', 'ny rad', 'byter rad', ['ny rad', '↵'], 'ny rad|nu rad|radbrytning'],
  ['new-paragraph', 'Rader och stycken', 'nytt stycke', 'lämnar en tom rad', ['nytt stycke', '↵ ↵'], 'nytt stycke|ny stycke|nytt styke|ni stikar|nitt stycke'],
  ['new-bullet', 'Rader och stycken', 'ny punkt', 'börjar en punkt i en lista', ['ny punkt feber', '↵ - Feber'], 'ny punkt|ny listpunkt|nästa punkt i listan'],
  ['upper-case', 'Skrivsätt', 'stor bokstav', 'nästa ord får stor bokstav', ['hos stor bokstav lind', 'Hos Lind'], 'stor bokstav|stort bokstav|versal|stor begynnelsebokstav'],
  ['lower-case', 'Skrivsätt', 'liten bokstav', 'nästa ord får liten bokstav', ['liten bokstav mRNA', 'mRNA'], 'liten bokstav|gemen bokstav|litet bokstav'],
  ['digits', 'Skrivsätt', 'siffra', 'skriver nästa tal med siffror', ['siffra tolv', '12'], 'siffra|siffran|med siffra|med siffror'],
  ['undo', 'Rätta', 'ångra', 'tar tillbaka det senaste ordet eller kommandot', ['ångra', '↶'], 'ångra|ångra det|ångra senaste|angra'],
  ['strike', 'Rätta', 'stryk det', 'tar bort den senaste frasen', ['stryk det', '↶'], 'stryk det|stryk detta|stryk de|ta bort det|radera det|stryk senaste'],
  ['go-to', 'Sökord och fält', 'gå till …', 'går till ett sökord', ['gå till bedömning', '→ Bedömning'], 'gå till|gå till sökord|gå till rubrik|gå till rubriken|gå till sökordet|hoppa till|sökord|gå till avsnitt'],
  ['next', 'Sökord och fält', 'nästa', 'går till nästa fält eller sökord, sagt för sig', ['nästa', '→'], 'nästa'],
  ['next-section', 'Sökord och fält', 'nästa sökord', 'går till nästa sökord', ['nästa sökord', '→'], 'nästa sökord|nästa rubrik|nästa avsnitt|nesta sökord'],
  ['next-field', 'Sökord och fält', 'nästa fält', 'går till nästa tomma fält', ['nästa fält', '→'], 'nästa fält|nesta felt'],
  ['previous', 'Sökord och fält', 'föregående', 'går till föregående fält eller sökord, sagt för sig', ['föregående', '←'], 'föregående'],
  ['previous-section', 'Sökord och fält', 'föregående sökord', 'går till föregående sökord', ['föregående sökord', '←'], 'föregående sökord|förra sökordet|föregående rubrik|föregående avsnitt'],
  ['previous-field', 'Sökord och fält', 'föregående fält', 'går till föregående tomma fält', ['föregående fält', '←'], 'föregående fält|förra fältet'],
  ['template', 'Sökord och fält', 'infoga mall …', 'infogar en mall', ['infoga mall hjärta', 'Hjärta: …'], 'infoga mall|infoga mallen|mall|mallen|mål|infoga mål|sätt in mall'],
  ['stop', 'Diktat', 'slut diktat', 'avslutar diktatet', ['slut diktat', ''], 'slut diktat|slut på diktat|avsluta diktat|avsluta diktatet|avsluta diktering|stoppa diktering|avsluta'],
];

export const COMMANDS: readonly Command[] = LINES.map(([name, group, label, help, example, phrases]) => ({
  name,
  group,
  label,
  help,
  example,
  phrases: phrases.split('|'),
}));

/** A unit or form that is dictated in words, for the page's strip beside the commands. */
export interface SpokenForm {
  readonly said: string;
  readonly written: string;
}

/** What is written in figures and signs by itself. */
export const SPOKEN_FORMS: readonly SpokenForm[] = [
  { said: 'etthundrafyrtio genom åttiofem', written: '140/85' },
  { said: 'tre komma fem', written: '3,5' },
  { said: 'femtio milligram', written: '50\u00A0mg' },
  { said: 'fem procent', written: '5\u00A0%' },
  { said: 'ett plus noll plus ett', written: '1+0+1' },
  { said: 'den femtonde mars', written: 'den 15 mars' },
  { said: 'klockan tio och trettio', written: 'kl. 10.30' },
  { said: 'sex till fjorton dagar', written: '6–14 dagar' },
];
