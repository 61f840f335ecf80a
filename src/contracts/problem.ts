import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import { LeftToDo } from './notes-left.ts';

/** How every interface of the product's own tells a failure: problem details (RFC 9457) with the product's code. */
export const Problem = z.object({
  type: z.literal('about:blank'),
  /** The status in words. */
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(ERROR_CODES),
  expected: z.string().optional(),
  got: z.string().optional(),
  /** With FOLLOW_UPS_UNDECIDED: what is left to do before a note is signed or thrown away. */
  left: z.array(LeftToDo).optional(),
  /** As in the server's log and in the log of accesses. */
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
