import type { Generated } from 'kysely';
import type { Wish } from '../../contracts/calendar.ts';
import type { EarlierWishState, OfferState } from '../../contracts/freed-times.ts';
import type { Filled, Versioned } from './columns.ts';

export interface EarlierWishesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  /** The visit that is booked. */
  appointmentId: string;
  chainId: string;
  state: Generated<EarlierWishState>;
  /** YYYY-MM-DD. */
  notBefore: string | null;
  noticeHours: Generated<number>;
  /** The member of staff who wrote it down; null for the patient on the own page. */
  askedBy: string | null;
}

/** Written by the database, but for when nobody is asked any more. */
export interface FreedTimesTable {
  id: Filled<string>;
  unitId: Filled<string>;
  performerId: Filled<string>;
  startsAt: Filled<Date>;
  endsAt: Filled<Date>;
  overAt: Date | null;
  createdAt: Filled<Date>;
}

export interface OffersTable extends Versioned {
  id: Generated<string>;
  freedTimeId: string;
  wishId: string;
  unitId: string;
  patientId: string;
  chainId: string;
  state: Generated<OfferState>;
  expiresAt: Date;
}

/** Where a visit would move to. */
export interface OfferVisitsTable {
  offerId: string;
  appointmentId: string;
  /** Holds the time while the offer stands. */
  reservationId: string;
  unitId: string;
  patientId: string;
  chainId: string;
  startsAt: Date;
  endsAt: Date;
  performerId: string;
  otherResourceIds: string[];
  givesUp: Wish[];
}
