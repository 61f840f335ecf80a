import { ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import type { ListedKeys } from '../shell/page-keys.tsx';

export const ADMIN_KEYS: ListedKeys = [
  [['Alt', '1–5'], words.keyViews],
  [['Alt', 'N'], words.keyNew],
  [['Alt', 'Z'], SHELL_MESSAGES.keyUndo],
  [['Esc'], words.keyClose],
];

export function adminKeys(code: string): (() => void) | undefined {
  const place = /^Digit([1-9])$/.exec(code)?.[1];
  if (place !== undefined) return () => document.querySelectorAll<HTMLElement>('.views a')[Number(place) - 1]?.click();
  if (code === 'KeyN') return () => document.getElementById('new')?.click();
  if (code === 'KeyZ') return () => document.getElementById('undo')?.click();
  return undefined;
}
