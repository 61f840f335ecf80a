import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import type { ListedKeys } from '../shell/page-keys.tsx';

export const VOCABULARY_KEYS: ListedKeys = [
  [['Alt', 'N'], words.keyNew],
  [['Alt', 'S'], words.keySearch],
  [['Alt', 'R'], words.keyTrial],
  [['Alt', 'Z'], SHELL_MESSAGES.keyUndo],
];

const FOCUSED: Readonly<Record<string, string>> = { KeyN: '[data-key="new"]', KeyS: '[data-key="search"]' };
const PRESSED: Readonly<Record<string, string>> = { KeyR: '[data-key="trial"]', KeyZ: '#undo' };

export function vocabularyKeys(code: string): (() => void) | undefined {
  const field = FOCUSED[code];
  if (field !== undefined) return () => document.querySelector<HTMLElement>(field)?.focus();
  const button = PRESSED[code];
  return button === undefined ? undefined : () => document.querySelector<HTMLElement>(button)?.click();
}
