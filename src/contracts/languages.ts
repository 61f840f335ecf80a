/** ISO 639 codes of languages that patients in Sweden ask interpreters for. */
export const INTERPRETER_LANGUAGES: readonly string[] =
  'am ar az bg bn bs ckb cs da de el en es et fa fi fr he hi hr hu hy is it ja ka kmr ko ku lt lv mk mn ne nl no om pa pl prs ps pt ro ru sk sl so sq sr sw syr ta th ti tl tr ug uk ur uz vi yi zh'.split(
    ' ',
  );

const names = new Intl.DisplayNames(['sv'], { type: 'language' });
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...INTERPRETER_LANGUAGES.map((code) => [(names.of(code) ?? code).toLocaleLowerCase('sv'), code] as const),
  // Said otherwise than in the standard's list.
  ['pashto', 'ps'],
]);

/** A language by its ISO 639 code or its Swedish name; undefined for what is neither. */
export function languageCodeOf(text: string): string | undefined {
  const wanted = text.toLocaleLowerCase('sv');
  return BY_NAME.get(wanted) ?? (/^[a-z]{2,3}$/.test(wanted) ? wanted : undefined);
}
