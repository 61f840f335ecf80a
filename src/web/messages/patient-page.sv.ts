/** The words of what staff do for a patient's own page. */
export const PATIENT_PAGE_MESSAGES = {
  heading: 'Patientens egen sida',
  contact: 'Fast vårdkontakt',
  noContact: 'Ingen',
  phone: 'Eget telefonnummer',
  phoneHint: 'Lämna tomt för mottagningens nummer.',
  save: 'Spara vårdkontakten',
  called: 'Patienten har ringt',
  calledHint: 'Kontrollera vem som ringer. Koden öppnar sidan tillsammans med födelsedatumet och visas bara nu.',
  astray: 'Brevet är på villovägar: tidigare koder slutar gälla',
  newCode: 'Ge en ny kod',
  code: (code: string) => `Kod: ${code}`,
  told: (address: string, until: string) => `Skrivs in på ${address}. Gäller till och med ${until}.`,
} as const;

export function patientPageFailure(code: string): string {
  if (code === 'CONNECTION') return 'Ingen kontakt med servern. Försök igen.';
  if (code === 'NOT_FOUND') return 'Patienten finns inte på dina enheter längre.';
  return `Något gick fel på servern (${code}). Försök igen.`;
}
