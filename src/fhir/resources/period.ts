import type { Period } from 'fhir/r4.js';

/** Days from the first to the last; undefined where neither is known. */
export function daysPeriod(firstDay: string | null, lastDay: string | null): Period | undefined {
  if (firstDay === null && lastDay === null) return undefined;
  return { ...(firstDay !== null && { start: firstDay }), ...(lastDay !== null && { end: lastDay }) };
}
