import { z } from 'zod';
import { LIVE_LIMITS } from './live.ts';

export const VOSK_PATH = '/vosk';

/** Phrases of a grammar are longer than terms: each may hold all digits, say. */
const PHRASE_LIMITS = { count: 500, characters: 1000 };

/** What clients write for yes and no. */
const Flag = z.union([z.boolean(), z.number(), z.enum(['0', '1', 'true', 'false'])]).transform((value) => {
  return typeof value === 'string' ? value === '1' || value === 'true' : Boolean(value);
});

const { minimum, maximum } = LIVE_LIMITS.sampleRatesHz;
const VoskConfig = z.object({
  sample_rate: z.coerce.number().int().min(minimum).max(maximum).optional(),
  words: Flag.optional(),
  max_alternatives: z.coerce.number().int().nonnegative().optional(),
  phrase_list: z.array(z.string().max(PHRASE_LIMITS.characters)).max(PHRASE_LIMITS.count).optional(),
});
export type VoskConfig = z.infer<typeof VoskConfig>;

/**
 * Text that a client sends beside its sound; what is unknown is dropped, as the Vosk server does. Source: vosk-server,
 * websocket/asr_server.py.
 */
export const VoskClientMessage = z.union([
  z.object({ config: VoskConfig }),
  z.object({ eof: Flag }),
  z.object({ reset: Flag }),
]);

interface VoskWord {
  readonly word: string;
  /** Seconds from the connection's first sample. */
  readonly start: number;
  readonly end: number;
}

/** Exactly one to each message of sound, and to `eof` and `reset`. */
export type VoskReply =
  | { readonly partial: string }
  | { readonly text: string; readonly result?: readonly (VoskWord & { readonly conf: number })[] }
  /** When alternatives are asked for; there is never but one. */
  | {
      readonly alternatives: readonly [
        { readonly confidence: number; readonly text: string; readonly result?: readonly VoskWord[] },
      ];
    };
