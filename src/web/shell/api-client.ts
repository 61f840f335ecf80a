import type { z } from 'zod';
import { askApi } from './ask-api.ts';

interface Sent {
  readonly body?: unknown;
  /** What is changed, for If-Match. */
  readonly version?: number;
}

/** What a page asks of the server and changes there. */
export class ApiClient {
  readonly #csrfToken: string;
  readonly #listeners = new Set<() => void>();

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  /** Tells after each change, also one that was refused, that what was fetched is old. Gives what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What was fetched is old: somebody else has changed it. */
  tellChanged(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Throws PageError. */
  protected async change<Answer extends z.ZodType>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    answers: Answer,
    sent: Sent = {},
  ): Promise<z.output<Answer>> {
    try {
      return await this.ask(path, answers, { method, ...sent });
    } finally {
      this.tellChanged();
    }
  }

  /** A question that changes nothing, also one that needs a body. Throws PageError. */
  protected ask<Answer extends z.ZodType>(
    path: string,
    answers: Answer,
    sent: Sent & { readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE' } = {},
  ): Promise<z.output<Answer>> {
    return askApi(path, answers, { csrfToken: this.#csrfToken, ...sent });
  }
}
