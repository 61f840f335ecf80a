import { LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import type { ListedKeys } from '../shell/page-keys.tsx';

export const TEXTS_KEYS: ListedKeys = [
  [['Alt', 'S'], words.keySave],
  [['Alt', 'V'], words.keySample],
  [['Alt', 'Z'], SHELL_MESSAGES.keyUndo],
];

const ACTS: Readonly<Record<string, () => void>> = {
  KeyS: () => document.querySelector<HTMLElement>('[data-key="save"]')?.click(),
  KeyV: () => document.querySelector<HTMLElement>('[data-key="sample"]')?.focus(),
  KeyZ: () => document.getElementById('undo')?.click(),
};

export function textsKeys(code: string): (() => void) | undefined {
  return ACTS[code];
}
