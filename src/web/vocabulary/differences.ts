/** A word of a text, and whether the other text lacks it there. */
export interface ComparedWord {
  readonly text: string;
  readonly isOther: boolean;
}

/** Which words two short texts do not have in common, by their longest common sequence. */
export function differences(
  without: string,
  withTerms: string,
): { readonly without: readonly ComparedWord[]; readonly with: readonly ComparedWord[] } {
  const one = wordsOf(without);
  const other = wordsOf(withTerms);
  // lengths[i][j]: words in common from one[i] and other[j] on.
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        one[i] === other[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const compared = { without: [] as ComparedWord[], with: [] as ComparedWord[] };
  for (let i = 0, j = 0; i < one.length || j < other.length; ) {
    const [text, otherText] = [one[i], other[j]];
    if (text !== undefined && text === otherText) {
      compared.without.push({ text, isOther: false });
      compared.with.push({ text, isOther: false });
      i++;
      j++;
    } else if (otherText === undefined || (text !== undefined && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      compared.without.push({ text: text!, isOther: true });
      i++;
    } else {
      compared.with.push({ text: otherText, isOther: true });
      j++;
    }
  }
  return compared;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
