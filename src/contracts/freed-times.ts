import { z } from 'zod';
import type { Edges } from './clinic.ts';

/** A patient's wish for an earlier time; `over`: the visit was, or is not to be. */
export const EARLIER_WISH_STATES = ['open', 'fulfilled', 'withdrawn', 'over'] as const;
export const EarlierWishState = z.enum(EARLIER_WISH_STATES);
export type EarlierWishState = z.infer<typeof EarlierWishState>;

export const EARLIER_WISH_EDGES: Edges<EarlierWishState> = {
  open: ['fulfilled', 'withdrawn', 'over'],
  fulfilled: [],
  withdrawn: [],
  over: [],
};

/** Of an offered time; `lapsed`: nobody answered, `withdrawn`: the visit was moved or cancelled otherwise. */
export const OFFER_STATES = ['offered', 'accepted', 'declined', 'lapsed', 'withdrawn'] as const;
export const OfferState = z.enum(OFFER_STATES);
export type OfferState = z.infer<typeof OfferState>;

export const OFFER_EDGES: Edges<OfferState> = {
  offered: ['accepted', 'declined', 'lapsed', 'withdrawn'],
  accepted: [],
  declined: [],
  lapsed: [],
  withdrawn: [],
};
