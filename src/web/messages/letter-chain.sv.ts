import type { ChainStation } from '../../contracts/delivery.ts';

/** The words of how a unit's letters go out. */
export const LETTER_CHAIN_MESSAGES = {
  heading: 'Så går breven ut',
  hint: 'I den här ordningen, till dess att patienten har läst brevet. Gäller brev som skickas från och med nu.',
  unused: 'används inte',
  last: 'sist',
  earlier: 'Tidigare',
  earlierOf: (channel: string) => `Tidigare: ${channel}`,
  saved: 'Ordningen är sparad.',
} as const;

/** What a channel does that is no other's business to know. */
export const CHANNEL_HINTS: Readonly<Record<ChainStation['channel'], string>> = {
  page: 'Brevet finns där genast.',
  notice: 'Bara att det finns ett brev, aldrig vad det handlar om.',
  digital_post: 'Om servern är kopplad till en sådan tjänst.',
  print: 'Läggs i Utskrifter på sidan Bokning.',
};

export function waitInWords(hours: number): string {
  if (hours === 0) return 'går vidare genast';
  if (hours % 24 !== 0) return `går vidare efter ${hours} timmar oläst`;
  return hours === 24 ? 'går vidare efter ett dygn oläst' : `går vidare efter ${hours / 24} dygn oläst`;
}
