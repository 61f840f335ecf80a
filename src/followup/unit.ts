import type { UnitDefaults } from '../contracts/followup.ts';

/** What holds where a clinic has said nothing else: tests a week before the visit, results a week after. */
export const UNIT_DEFAULTS: UnitDefaults = {
  labOffset: '-P1W',
  resultOffset: 'P1W',
  visitMinutes: {
    aterbesok: 30,
    nybesok: 45,
    telefon: 15,
    video: 30,
    hembesok: 60,
    provtagning: 15,
    undersokning: 30,
    vaccination: 15,
    mote: 60,
  },
  staff: [],
};
