/** The words to expect, as a prompt for the recogniser. */
export function promptOf(vocabulary: readonly string[]): { prompt?: string } {
  return vocabulary.length === 0 ? {} : { prompt: vocabulary.join(', ') };
}
