import { z } from 'zod';
import { AccountRole, Id } from './clinic.ts';

const MAX_SEARCH_CHARACTERS = 100;

/** `GET /api/colleagues`: by the beginning of any of their names; all of the unit without a search. */
export const ColleaguesQuery = z.object({
  unit: Id,
  search: z.string().trim().max(MAX_SEARCH_CHARACTERS).default(''),
  /** Only those whose account has it. */
  role: AccountRole.optional(),
});

/** Somebody who can be asked or stand in, never the reader. */
const Colleague = z.object({
  id: Id,
  givenName: z.string(),
  familyName: z.string(),
  profession: z.string().nullable(),
});

/** The first in the order of the alphabet; `hasMore` says that more of the name would help. */
export const Colleagues = z.object({ items: z.array(Colleague), hasMore: z.boolean() });
export type Colleagues = z.infer<typeof Colleagues>;
