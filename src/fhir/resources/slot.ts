import type { Slot } from 'fhir/r4.js';
import type { ShownSlot } from '../../booking/calendar-slots.ts';
import { coded, OWN_SYSTEMS, referenceTo } from '../systems.ts';

export const SLOT_STATUS = {
  free: 'free',
  taken: 'busy',
  closed: 'busy-unavailable',
} as const satisfies Record<ShownSlot['state'], Slot['status']>;

const MINUTE_MS = 60_000;
const LENT = 'Patienter bokar den själva';

/** A time is not stored: its id is its calendar's and the minute at which it begins, in base 36. */
export function slotId(resourceId: string, startMs: number): string {
  return `${resourceId}.${(startMs / MINUTE_MS).toString(36)}`;
}

/** Undefined for what is no slot's id. */
export function readSlotId(id: string): { readonly resourceId: string; readonly startMs: number } | undefined {
  const [, resourceId, minute] = /^([0-9a-f-]{36})\.([0-9a-z]{1,6})$/.exec(id) ?? [];
  if (resourceId === undefined || minute === undefined) return undefined;
  return { resourceId, startMs: Number.parseInt(minute, 36) * MINUTE_MS };
}

/** @param visitTypes names of what may be booked in it, by their ids */
export function toSlot(
  resourceId: string,
  { startMs, endMs, state, owner, visitTypeIds }: ShownSlot,
  visitTypes: ReadonlyMap<string, string>,
): Slot {
  return {
    resourceType: 'Slot',
    id: slotId(resourceId, startMs),
    schedule: referenceTo('Schedule', resourceId),
    status: SLOT_STATUS[state],
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    ...(visitTypeIds.length > 0 && {
      serviceType: visitTypeIds.map((id) => coded(OWN_SYSTEMS.visitType, id, visitTypes.get(id))),
    }),
    ...(owner === 'patients' && { comment: LENT }),
  };
}
