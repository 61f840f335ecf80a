/** The smallest pieces of a text, with their UTF-16 places. Spaces are not tokens; line breaks are. */
export interface Token {
  readonly kind: 'word' | 'number' | 'date' | 'slashed' | 'clock' | 'personnummer' | 'punctuation' | 'newline';
  /** As written. */
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

type TokenKind = readonly [Token['kind'], RegExp];

/** What a figure begins, in the order it is tried. A number lets go of letters that follow it ("3mån"). */
const FIGURE_KINDS: readonly TokenKind[] = [
  ['date', /\d{4}-\d\d-\d\d(?!\d)/y],
  ['personnummer', /(?:\d{2})?\d{6}[-+]\d{4}(?!\d)/y],
  ['word', /\d{1,2}:(?:[ae]|e|or|n)(?![\p{L}\d])/uy],
  ['clock', /(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d|\.\d)/y],
  ['word', /\d{1,3}-\p{L}{6,}/uy],
  ['slashed', /\d{1,2}\/\d{1,2}(?:[-/](?:20)?\d\d)?(?!\d)/y],
  ['number', /\d+(?:,\d+)?/y],
];

/** What anything else begins. A word keeps its figures ("HbA1c"). */
const OTHER_KINDS: readonly TokenKind[] = [
  ['newline', /\r?\n/y],
  ['word', /\p{L}{1,2}(?:\.\p{L}{1,2}){1,6}(?:\.(?!\s+\p{Lu})|(?![\p{L}\d.]))(?!\p{L})/uy],
  ['word', /\p{L}[\p{L}\p{M}\d]*(?:[-:'’](?=\p{L})[\p{L}\p{M}\d]+)*/uy],
  ['punctuation', /[^\s]/uy],
];

/** Cuts a text into tokens; what lies between them is white space only. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = text[at] === ' ' ? undefined : tokenAt(text, at);
    if (token) tokens.push(token);
    at = token ? token.end : at + 1;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of isFigure(text.charCodeAt(at)) ? FIGURE_KINDS : OTHER_KINDS) {
    pattern.lastIndex = at;
    if (!pattern.test(text)) continue;
    const end = pattern.lastIndex;
    const found = text.slice(at, end);
    return { kind, text: found, lower: lowerOf(found), start: at, end };
  }
  return undefined;
}

function isFigure(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Small letters, and an abbreviation without the dots inside it ("v.b." is "vb"). */
function lowerOf(text: string): string {
  const lower = text.toLowerCase().normalize('NFC');
  if (!lower.includes('.')) return lower;
  return /^\p{L}{1,2}(\.\p{L}{1,2})+\.?$/u.test(lower) ? lower.replaceAll('.', '') : lower;
}
