import type { ActionMeaning } from '../grammar/values.ts';

/** What the words ask for by themselves. */
export function strong(type: ActionMeaning['type'], more: Partial<ActionMeaning> = {}): ActionMeaning {
  return { type, strength: 'strong', ...more };
}

/** What the words ask for beside signs of a plan; elsewhere they tell results and history. */
export function weak(type: ActionMeaning['type'], more: Partial<ActionMeaning> = {}): ActionMeaning {
  return { type, strength: 'weak', ...more };
}
