import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { ListedKeys } from '../shell/page-keys.tsx';

/** The page's keys, as they are listed. */
export const CALENDAR_KEYS: ListedKeys = [
  [['↓', '↑', '←', '→'], words.keyMove],
  [['Home', 'End'], words.keyEnds],
  [['Enter'], words.keyOpen],
  [['M'], words.keyPickUp],
  [['Esc'], words.keyEscape],
  [['Z'], words.keyUndo],
  [['Page Up', 'Page Down'], words.keyPeriod],
  [['Shift + Page Up', 'Shift + Page Down'], words.keyMonth],
  [['T'], words.keyToday],
  [['G'], words.keyDate],
  [['V'], words.keyGoTo],
  [['S'], words.keyFind],
  [['1', '2', '3'], words.keyViews],
  [['/'], words.keyWhose],
  [['?'], words.keyList],
];
