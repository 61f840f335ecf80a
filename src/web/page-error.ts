/** Failures that happen in the page itself; the server's own codes are in contracts/errors.ts. */
export type PageErrorCode =
  | 'MIC_DENIED'
  | 'MIC_MISSING'
  | 'MIC_CHOSEN_MISSING'
  | 'MIC_UNPLUGGED'
  | 'MIC_SILENT'
  | 'MIC_INSECURE'
  | 'MIC_FAILED'
  | 'STORAGE'
  | 'STORAGE_MISSING'
  | 'DRAFT_UNREADABLE'
  | 'BACKLOG_FULL'
  | 'OTHER_TAB'
  | 'SOUND_GONE'
  | 'COPY_FAILED'
  | 'CONNECTION';

/** A failure by its code, the page's or the server's. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }

  static from(thrown: unknown): PageError {
    return thrown instanceof PageError ? thrown : new PageError('CONNECTION', { cause: thrown });
  }
}
