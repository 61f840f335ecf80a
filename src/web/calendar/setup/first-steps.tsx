import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import type { Setup } from './setup-client.ts';

/** In the order in which each needs the one before. */
const STEPS = ['resources', 'visitTypes', 'templates'] as const;

/** What a new unit sets up, in which order, until all of it is there. */
export function FirstSteps({ setup }: { setup: Setup }) {
  if (STEPS.every((step) => setup[step].length > 0)) return null;
  return (
    <section className="first-steps" aria-labelledby="first-steps-heading">
      <h3 id="first-steps-heading">{words.steps}</h3>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>
            {words.step[step]}
            {setup[step].length > 0 && ` (${words.stepDone})`}
          </li>
        ))}
      </ol>
    </section>
  );
}
