/** Whether another one in use has the name: files of bookings and whoever reads a list tell them apart by it. */
export function isNameTaken(
  others: readonly { readonly id: string; readonly name: string; readonly active: boolean }[],
  name: string,
  itself: { readonly id: string } | undefined,
): boolean {
  const wanted = name.toLocaleLowerCase('sv');
  return others.some((one) => one.active && one.id !== itself?.id && one.name.toLocaleLowerCase('sv') === wanted);
}
