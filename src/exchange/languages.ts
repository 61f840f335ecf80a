import type { Read } from './row-reader.ts';

/** ISO 639 codes of languages that patients in Sweden ask interpreters for; others are taken by their code. */
const CODES =
  'am ar az bg bn bs ckb cs da de el en es et fa fi fr he hi hr hu hy is it ja ka kmr ko ku lt lv mk mn ne nl no om pa pl ps pt ro ru sk sl so sq sr sw syr ta th ti tl tr ug uk ur uz vi yi zh'.split(
    ' ',
  );
const names = new Intl.DisplayNames(['sv'], { type: 'language' });
const BY_NAME: ReadonlyMap<string, string> = new Map(
  CODES.map((code) => [(names.of(code) ?? code).toLocaleLowerCase('sv'), code]),
);

/** A language by its ISO 639 code or its Swedish name. */
export function languageCode(text: string): Read<string> {
  const wanted = text.toLocaleLowerCase('sv');
  const value = BY_NAME.get(wanted) ?? (/^[a-z]{2,3}$/.test(wanted) ? wanted : undefined);
  return value === undefined ? { fault: 'language' } : { value };
}
