const UNIT = 'taltid-calendar-unit';

/** The own units, the one first that was looked at last in this browser. */
export function lastLookedAtFirst(unitIds: readonly string[]): readonly string[] {
  try {
    const last = localStorage.getItem(UNIT);
    return last !== null && unitIds.includes(last) ? [last, ...unitIds.filter((id) => id !== last)] : unitIds;
  } catch {
    return unitIds;
  }
}

export function rememberUnit(unitId: string): void {
  try {
    localStorage.setItem(UNIT, unitId);
  } catch {
    // The next time it begins with the first.
  }
}
