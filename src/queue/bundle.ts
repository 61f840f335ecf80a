import { z } from 'zod';
import { Id } from '../contracts/clinic.ts';
import type { NewJob } from './job.ts';

/**
 * Requests that were signed together, or wait together, are one job: its store and the database are asked once for all.
 * Whatever goes wrong with one of them, they are made into jobs of their own again, so that each fails, is tried and is
 * given up by itself.
 */
export const BUNDLE_JOB = 'requests.created';
const BUNDLED_TOPIC = 'request.created';
const MOST_REQUESTS = 16;

const Bundle = z.strictObject({
  requestIds: z.array(Id).min(1).max(MOST_REQUESTS),
  /** What each is called as a job of its own. */
  jobIds: z.array(z.string()).max(MOST_REQUESTS),
});

/** The same work in fewer jobs; what is no request is left as it is. */
export function bundled(jobs: readonly NewJob[]): readonly NewJob[] {
  const requests = jobs.filter(({ name }) => name === BUNDLED_TOPIC);
  if (requests.length < 2) return jobs;
  const bundles: NewJob[] = [];
  for (let first = 0; first < requests.length; first += MOST_REQUESTS) {
    bundles.push(bundleOf(requests.slice(first, first + MOST_REQUESTS)));
  }
  return [...bundles, ...jobs.filter(({ name }) => name !== BUNDLED_TOPIC)];
}

/** The requests of a bundle. Throws ZodError for what is none. */
export function requestsOf({ data }: Pick<NewJob, 'data'>): readonly string[] {
  return Bundle.parse(data).requestIds;
}

/** The jobs that a bundle was made of. Throws ZodError for what is none. */
export function unbundled({ data }: Pick<NewJob, 'data'>): readonly NewJob[] {
  const { requestIds, jobIds } = Bundle.parse(data);
  return requestIds.map((requestId, at) => ({ id: jobIds[at]!, name: BUNDLED_TOPIC, data: { requestId } }));
}

function bundleOf(jobs: readonly NewJob[]): NewJob {
  const data = { requestIds: jobs.map(({ data }) => data.requestId as string), jobIds: jobs.map(({ id }) => id) };
  return { id: `${jobs[0]!.id}-to-${jobs.at(-1)!.id}`, name: BUNDLE_JOB, data };
}
