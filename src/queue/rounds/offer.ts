import { lapseOffers } from '../../storage/repositories/offers.ts';
import { asWorker } from '../transactions.ts';
import type { ClinicWorld, JobStart } from '../world.ts';

/** Offers that nobody answered in time are over; the database asks for the next to be asked. */
export function passOffersOn(world: ClinicWorld, job: JobStart): Promise<void> {
  return asWorker(world, job, (transaction) => lapseOffers(transaction, world.calendar.now()));
}
