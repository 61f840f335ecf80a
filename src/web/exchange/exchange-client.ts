import type { z } from 'zod';
import { ImportCounts, type ImportKind, ImportPreview } from '../../contracts/exchange-api.ts';
import { ExportKinds, ExportView, type NewExport } from '../../contracts/export-api.ts';
import { askApi } from '../shell/ask-api.ts';

/** Thousands of rows take the server a while. */
const TIMEOUT_MS = 5 * 60_000;

export interface ImportTarget {
  readonly kind: ImportKind;
  readonly unitId: string;
}

/** What the page asks of the server. Each method throws PageError. */
export class ExchangeClient {
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  preview({ kind, unitId }: ImportTarget, file: Blob): Promise<ImportPreview> {
    return this.#send(`/api/imports/preview?kind=${kind}&unit=${unitId}`, ImportPreview, file);
  }

  /** Takes in what was previewed, and nothing else. */
  apply({ kind, unitId }: ImportTarget, file: Blob, token: string): Promise<ImportCounts> {
    return this.#send(`/api/imports?kind=${kind}&unit=${unitId}&token=${token}`, ImportCounts, file);
  }

  async exportKinds(unitId: string): Promise<readonly string[]> {
    return (await askApi(`/api/exports/kinds?unit=${unitId}`, ExportKinds)).items;
  }

  /** Gives the address from which it is fetched, once. */
  async askForExport(asked: NewExport): Promise<string> {
    const csrfToken = this.#csrfToken;
    const { id } = await askApi('/api/exports', ExportView, { method: 'POST', csrfToken, body: asked });
    return `/api/exports/${id}/file`;
  }

  #send<Answer extends z.ZodType>(path: string, answers: Answer, file: Blob): Promise<z.output<Answer>> {
    const body = new Blob([file], { type: 'text/csv' });
    return askApi(path, answers, { method: 'POST', csrfToken: this.#csrfToken, timeoutMs: TIMEOUT_MS, body });
  }
}
