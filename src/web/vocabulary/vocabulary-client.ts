import type { z } from 'zod';
import { CSRF_HEADER } from '../../contracts/access-api.ts';
import { Problem } from '../../contracts/problem.ts';
import {
  ImportCounts,
  ImportPreview,
  ListedTerm,
  type NewTerm,
  ShippedPage,
  ShippedState,
  ShippedTerm,
  type TermChanges,
  TermPage,
  TrialResult,
  type TrialTerm,
  type VocabularyListKey,
  VocabularyOverview,
} from '../../contracts/vocabulary-api.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';

const PATH = '/api/vocabulary';
/** Two recognitions of half a minute on a busy machine. */
const TRIAL_TIMEOUT_MS = 90_000;

type Versioned = Pick<ListedTerm, 'id' | 'version'>;

/** The lists of words on the server. Every call throws PageError. */
export class VocabularyClient {
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  overview(): Promise<VocabularyOverview> {
    return askApi(PATH, VocabularyOverview);
  }

  terms(list: VocabularyListKey, search: string, after: string | null): Promise<TermPage> {
    return askApi(`${PATH}/terms?${query({ list, search, after })}`, TermPage);
  }

  add(term: z.input<typeof NewTerm>): Promise<ListedTerm> {
    return this.#change('POST', '/terms', ListedTerm, term);
  }

  change({ id, version }: Versioned, changes: TermChanges): Promise<ListedTerm> {
    return this.#change('PATCH', `/terms/${id}`, ListedTerm, changes, version);
  }

  remove({ id, version }: Versioned): Promise<ListedTerm> {
    return this.#change('DELETE', `/terms/${id}`, ListedTerm, undefined, version);
  }

  restore({ id, version }: Versioned): Promise<ListedTerm> {
    return this.#change('POST', `/terms/${id}/restore`, ListedTerm, undefined, version);
  }

  previewImport(list: VocabularyListKey, text: string): Promise<ImportPreview> {
    return this.#change('POST', '/import/preview', ImportPreview, { list, text });
  }

  import(list: VocabularyListKey, text: string): Promise<ImportCounts> {
    return this.#change('POST', '/import', ImportCounts, { list, text });
  }

  shippedTerms(search: string, isOffOnly: boolean, after: string | null): Promise<ShippedPage> {
    return askApi(`${PATH}/shipped?${query({ search, off: String(isOffOnly), after })}`, ShippedPage);
  }

  switchShipped(version: number, enabled: boolean): Promise<z.infer<typeof ShippedState>> {
    return this.#change('PUT', '/shipped', ShippedState, { enabled }, version);
  }

  switchShippedTerm({ term, enabled }: Pick<ShippedTerm, 'term' | 'enabled'>): Promise<ShippedTerm> {
    return this.#change('PUT', '/shipped/terms', ShippedTerm, { term, enabled });
  }

  /** What is heard without and with the lists, or without and with one more term. */
  async try(sound: Blob, term?: TrialTerm): Promise<TrialResult> {
    const body = new FormData();
    if (term) body.append('term', JSON.stringify(term));
    body.append('file', sound, 'prov.wav');
    try {
      const answer = await fetch(`${PATH}/trial`, {
        method: 'POST',
        headers: { [CSRF_HEADER]: this.#csrfToken },
        body,
        signal: AbortSignal.timeout(TRIAL_TIMEOUT_MS),
      });
      const told: unknown = await answer.json();
      if (answer.ok) return TrialResult.parse(told);
      throw new PageError(Problem.safeParse(told).data?.code ?? 'INTERNAL');
    } catch (error) {
      throw PageError.from(error);
    }
  }

  #change<Answer extends z.ZodType>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    answers: Answer,
    body?: unknown,
    version?: number,
  ): Promise<z.output<Answer>> {
    const csrfToken = this.#csrfToken;
    return askApi(PATH + path, answers, {
      method,
      csrfToken,
      ...(body !== undefined && { body }),
      ...(version !== undefined && { version }),
    });
  }
}

/** Where a list can be fetched as a file. */
export function exportPath(list: VocabularyListKey, format: 'tsv' | 'csv'): string {
  return `${PATH}/export?${query({ list, format })}`;
}

function query(values: Readonly<Record<string, string | null>>): URLSearchParams {
  return new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
}
