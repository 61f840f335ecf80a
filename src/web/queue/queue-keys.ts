import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { ListedKeys } from '../shell/page-keys.tsx';

/** The page's keys, as they are listed. */
export const QUEUE_KEYS: ListedKeys = [
  [['↓', '↑', 'J', 'K'], words.keyMove],
  [['Enter'], words.keyOpen],
  [['Esc'], words.keyClose],
  [['X'], words.keySelect],
  [['/'], words.keySearch],
  [['F'], words.keyFilter],
  [['G'], words.groupKey],
  [['1–9'], words.keyTabs],
  [['R'], words.keyAsk],
  [['V'], words.keyWait],
  [['S'], words.keyRelease],
  [['M'], words.keyCancel],
  [['T'], words.keyTakeOver],
  [['Z'], words.keyUndo],
  [['?'], words.keyList],
];
