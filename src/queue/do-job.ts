import { OutboxMessage } from '../contracts/booking-events.ts';
import { AppError } from '../contracts/errors.ts';
import type { TakenJob } from './backends/backend.ts';
import { BUNDLE_JOB, requestsOf } from './bundle.ts';
import { ROUND_JOB, Round } from './job.ts';
import { refreshFits } from './rounds/fit.ts';
import { passOffersOn } from './rounds/offer.ts';
import { remindOfWaiting } from './rounds/remind.ts';
import { repairLost } from './rounds/repair.ts';
import { tidy } from './rounds/tidy.ts';
import { wakeTasks } from './rounds/wake.ts';
import { type MadeTask, makeTasks } from './tasks/make-task.ts';
import { recall, settleQuestion, wakeIfDue } from './tasks/settle.ts';
import { fenced } from './transactions.ts';
import type { ClinicWorld } from './world.ts';

/**
 * Does a job of the booking queue. Doing it twice, at once or again, has the effect of once. Throws REQUEST_INVALID for a
 * job that is none of this queue.
 *
 * @returns the tasks that it made
 */
export async function doBookingJob(world: ClinicWorld, job: TakenJob): Promise<readonly MadeTask[]> {
  if (job.name === ROUND_JOB) {
    await goRound(world, job);
    return [];
  }
  if (job.name === BUNDLE_JOB) return makeTasks(world, job, requestsOf(job));
  const { data: message } = OutboxMessage.safeParse({ topic: job.name, payload: job.data });
  switch (message?.topic) {
    case 'request.created':
      return makeTasks(world, job, [message.payload.requestId]);
    case 'request.withdrawn':
      await recall(world, job, message.payload.requestId);
      return [];
    case 'question.answered':
      await settleQuestion(world, job, message.payload.questionId);
      return [];
    case 'task.waiting':
      await wakeIfDue(world, job, message.payload.taskId);
      return [];
    case 'time.freed':
      await world.offerFreedTime((work) => fenced(world, job, work), message.payload.freedTimeId);
      return [];
    default:
      throw new AppError('REQUEST_INVALID', 'a job that is none of the booking queue', {
        expected: 'a message of its topics',
        got: job.name,
      });
  }
}

function goRound(world: ClinicWorld, job: TakenJob): Promise<void> {
  const round = Round.parse(job.data.round);
  switch (round) {
    case 'wake':
      return wakeTasks(world, job);
    case 'remind':
      return remindOfWaiting(world, job);
    case 'offer':
      return passOffersOn(world, job);
    case 'fit':
      return refreshFits(world, job);
    case 'repair':
      return repairLost(world, job);
    case 'tidy':
      return tidy(world, job);
    default:
      return round satisfies never;
  }
}
