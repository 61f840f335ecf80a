import type { StaffName } from '../../storage/repositories/staff.ts';

/**
 * Whom "hos dr Lind" means among those who work at the unit: by the surname, or first name and surname; of several, the
 * one of the profession asked for. Null when it is nobody, or still several: then the request's own words are all that
 * staff have.
 */
export function findNamed(name: string, profession: string | undefined, staff: readonly StaffName[]): StaffName | null {
  const wanted = folded(name);
  const named = staff.filter(
    ({ givenName, familyName }) =>
      wanted === folded(familyName) || wanted === `${folded(givenName)} ${folded(familyName)}`,
  );
  if (named.length === 1) return named[0]!;
  const ofProfession = named.filter((each) => each.profession === profession);
  return ofProfession.length === 1 ? ofProfession[0]! : null;
}

function folded(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').toLocaleLowerCase('sv');
}
