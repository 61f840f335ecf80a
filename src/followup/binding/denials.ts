import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { ActionMeaning } from '../grammar/values.ts';
import { startDraft } from './actions.ts';
import { flagSentence, groupAfter, type Handler } from './state.ts';

/** "Inget återbesök förrän om sex månader" denies no visit: it says how early. */
export function readNotBefore(nodes: readonly Node[]): readonly Node[] {
  const floor = nodes.findIndex((node) => isA(node, 'Time', 'Trigger') && /^förrän /.test(node.lower));
  if (floor === -1) return nodes;
  const denial = nodes.findLastIndex((node, at) => at < floor && isA(node, 'NegatedAction'));
  if (denial === -1) return nodes;
  const action: ActionMeaning = { ...meaningOf(nodes[denial]!, 'NegatedAction')!, strength: 'strong' };
  return nodes.with(denial, { ...nodes[denial]!, senses: [{ category: 'Action', value: action }] });
}

/** "Inte om två veckor utan om tre": what was denied holds with what follows; another thing is only begun anew. */
export const readInstead: Handler = (state, place) => {
  const { node } = place;
  const { denied } = state;
  state.joint = 'break';
  if (!denied) return 1;
  for (const one of state.pending) state.used.add(one);
  state.pending = [];
  state.denied = undefined;
  const group = groupAfter(place);
  const action = group.map((one) => meaningOf(one, 'Action')).find((one) => one !== undefined);
  if (action && action.type !== denied.action.type) return 1;
  if (!action && !group.some((one) => isA(one, 'Time', 'Series', 'Person', 'Trigger'))) return 1;
  const { decisions } = state.bound;
  decisions.splice(decisions.indexOf(denied.decision), 1);
  flagSentence(state, { name: 'self_correction' }, node);
  if (action) return 1;
  const draft = startDraft(state, withoutPlace(denied.action, group), denied.decision.at, place);
  draft.planned = true;
  state.joint = 'break';
  return 1;
};

/** "Inget läkarbesök utan hos sköterska": whom it was with is denied too. */
function withoutPlace(action: ActionMeaning, group: readonly Node[]): ActionMeaning {
  if (!group.some((node) => isA(node, 'Person'))) return action;
  const { role: _role, practitioner: _practitioner, unit: _unit, to: _to, ...fields } = action.fields ?? {};
  return { ...action, fields };
}
