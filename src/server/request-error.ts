import { AppError, type AppErrorDetails, type ErrorCode } from '../contracts/errors.ts';

const UPGRADE_REQUIRED = 426;

export interface RequestErrorDetails extends AppErrorDetails {
  /** The field of the request that is to blame. */
  readonly param?: string;
  /** The HTTP status, where the code's own does not fit. */
  readonly status?: number;
}

/** A failure that the request itself caused: says which field and, where needed, which HTTP status. */
export class RequestError extends AppError {
  readonly param: string | null;
  readonly status: number | undefined;

  constructor(code: ErrorCode, message: string, details: RequestErrorDetails = {}) {
    super(code, message, details);
    this.param = details.param ?? null;
    this.status = details.status;
  }
}

/** Answers a plain request for an address of WebSockets. */
export async function webSocketOnly(): Promise<never> {
  throw new RequestError('REQUEST_INVALID', 'this address speaks WebSocket only', { status: UPGRADE_REQUIRED });
}
