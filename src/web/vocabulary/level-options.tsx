import { TERM_LEVELS } from '../../contracts/vocabulary-levels.ts';
import { LEVEL_WORDS } from '../messages/vocabulary.sv.ts';

/** The levels to choose from. */
export function LevelOptions() {
  return TERM_LEVELS.map((level) => (
    <option key={level} value={level}>
      {LEVEL_WORDS[level]}
    </option>
  ));
}
