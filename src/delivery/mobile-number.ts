/**
 * A Swedish mobile number, or one with its country, as E.164 has it: "070-123 45 67" -> "+46701234567". Undefined for
 * what no SMS reaches.
 */
export function mobileNumber(phone: string | null): string | undefined {
  const digits = (phone ?? '').replaceAll(/[\s()–-]/g, '').replace(/^00/, '+');
  if (/^07[02369]\d{7}$/.test(digits)) return `+46${digits.slice(1)}`;
  if (/^\+46(?!7[02369]\d{7}$)/.test(digits)) return undefined;
  return /^\+[1-9]\d{7,14}$/.test(digits) ? digits : undefined;
}
