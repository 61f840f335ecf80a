/** Words of context on each side. */
const WORDS_AROUND = 4;

/** A text around the first place of some words in it, cut off with ellipses; the text itself where they do not stand. */
export function excerptAround(text: string, sought: string): string {
  const words = text.split(/\s+/);
  const [first = ''] = sought.toLowerCase().split(/\s+/);
  const at = words.findIndex((word) => word.toLowerCase().includes(first));
  if (at === -1) return text;
  const from = Math.max(0, at - WORDS_AROUND);
  const to = at + sought.split(/\s+/).length + WORDS_AROUND;
  return `${from > 0 ? '… ' : ''}${words.slice(from, to).join(' ')}${to < words.length ? ' …' : ''}`;
}
