import type { RealtimeErrorBody } from '../../contracts/realtime.ts';

export interface FaultDetails {
  readonly expected: string;
  /** What came instead, if it is not somebody's words. */
  readonly got?: string;
  readonly param?: string;
}

/** An event that cannot be dealt with; the client is told, and the session goes on. Codes are OpenAI's. */
export class RealtimeFault extends Error {
  readonly body: RealtimeErrorBody;

  constructor(
    code: 'invalid_value' | 'model_not_found' | 'input_audio_buffer_commit_empty' | 'buffer_overflow',
    message: string,
    { expected, got, param = '' }: FaultDetails,
  ) {
    super([message, `expected ${expected}`, ...(got === undefined ? [] : [`got ${got}`])].join('; '));
    this.body = { type: 'invalid_request_error', code, message: this.message, param: param === '' ? null : param };
  }
}
