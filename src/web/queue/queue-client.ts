import type { z } from 'zod';
import { pageOf } from '../../contracts/api-forms.ts';
import { LeftNote } from '../../contracts/notes-api.ts';
import {
  type BulkChange,
  BulkResult,
  QueueTask,
  type TaskChange,
  TaskChanges,
  TaskChoices,
  TaskCounts,
  TaskDetail,
  type TaskFilter,
  TaskPage,
  TaskPatient,
} from '../../contracts/queue-api.ts';
import { askApi } from '../shell/ask-api.ts';

const LeftNotePage = pageOf(LeftNote);

/** The server's interface of the queue. Failures are PageErrors with the server's codes. */
export class QueueClient {
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  list(filter: TaskFilter, { after, limit }: { after?: string | undefined; limit: number }): Promise<TaskPage> {
    return askApi(`/api/tasks?${query({ ...filter, after, limit })}`, TaskPage);
  }

  counts(filters: readonly TaskFilter[]): Promise<TaskCounts> {
    return this.#post('/api/tasks/counts', TaskCounts, { body: { filters } });
  }

  choices(): Promise<TaskChoices> {
    return askApi('/api/tasks/choices', TaskChoices);
  }

  changes(filter: TaskFilter, since: number): Promise<TaskChanges> {
    return askApi(`/api/tasks/changes?${query({ ...filter, since })}`, TaskChanges);
  }

  /** What nobody has signed in time at the own units, the oldest first. */
  async leftNotes(): Promise<LeftNote[]> {
    return (await askApi('/api/unsigned-notes', LeftNotePage)).items;
  }

  task(id: string): Promise<TaskDetail> {
    return askApi(`/api/tasks/${id}`, TaskDetail);
  }

  patient(taskId: string): Promise<TaskPatient> {
    return askApi(`/api/tasks/${taskId}/patient`, TaskPatient);
  }

  change({ id, version }: Pick<QueueTask, 'id' | 'version'>, change: z.input<typeof TaskChange>): Promise<QueueTask> {
    return this.#post(`/api/tasks/${id}/changes`, QueueTask, { body: change, version });
  }

  changeMany(change: BulkChange, { keepalive = false } = {}): Promise<BulkResult> {
    return this.#post('/api/tasks/changes', BulkResult, { body: change, keepalive });
  }

  #post<Schema extends z.ZodType>(
    url: string,
    answers: Schema,
    more: { body: unknown; version?: number; keepalive?: boolean },
  ): Promise<z.output<Schema>> {
    return askApi(url, answers, { method: 'POST', csrfToken: this.#csrfToken, ...more });
  }
}

function query(parts: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(given).toString();
}
