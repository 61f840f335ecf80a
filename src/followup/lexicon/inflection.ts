/** A noun's form, and whether it speaks of something already known ("återbesöket"). */
export interface NounForm {
  readonly form: string;
  readonly definite: boolean;
}

const INDEFINITE = ['', 's', 'er', 'ar', 'or', 'r', 'n', 'ers'];
const DEFINITE = ['en', 'et', 'n', 't', 'erna', 'arna', 'orna', 'rna', 'na', 'ens', 'ets', 'ns', 'ts', 'an'];

/** Shorter stems are abbreviations: they take no endings. */
const SHORTEST_INFLECTED_LETTERS = 3;

/**
 * Every ending of the five declensions on a stem, right or not for the word: what nobody writes is never met. A stem
 * in -a or -e also lets go of its vowel (sköterska, sköterskor), one in -are and -um keeps it.
 */
export function nounForms(stem: string): NounForm[] {
  if (stem.length <= SHORTEST_INFLECTED_LETTERS) return [{ form: stem, definite: false }];
  const forms = new Map<string, boolean>();
  const endsInVowel = /[aeiouyåäö]$/.test(stem);
  const stems = /[ae]$/.test(stem) ? [stem, stem.slice(0, -1)] : [stem];
  for (const base of stems) {
    const isCut = base !== stem;
    const endings = (list: readonly string[]) => (isCut ? list.filter((ending) => /^[aeo]/.test(ending)) : list);
    for (const ending of endings(DEFINITE)) if (isFit(base, ending)) forms.set(base + ending, true);
    for (const ending of endings(INDEFINITE)) if (isFit(base, ending)) forms.set(base + ending, false);
  }
  if (!endsInVowel) for (const ending of ['t', 'ts']) forms.delete(stem + ending);
  if (!endsInVowel && !/[rl]$/.test(stem)) for (const ending of ['n', 'ns']) forms.delete(stem + ending);
  else if (!/[ae]$/.test(stem)) forms.set(`${stem}n`, true);
  forms.set(stem, false);
  return [...forms].map(([form, definite]) => ({ form, definite }));
}

function isFit(base: string, ending: string): boolean {
  return ending === '' || !(/[ae]$/.test(base) && /^[ae]/.test(ending));
}
