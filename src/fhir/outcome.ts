import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import type { ErrorCode } from '../contracts/errors.ts';

type IssueType = OperationOutcomeIssue['code'];

/** FHIR's kind of issue for an answer's status, where the code has none of its own. */
const TYPE_OF_STATUS: Readonly<Record<number, IssueType>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  406: 'not-supported',
  408: 'timeout',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  428: 'required',
  429: 'throttled',
  500: 'exception',
  503: 'transient',
  504: 'timeout',
};

const TYPE_OF_CODE: Partial<Readonly<Record<ErrorCode, IssueType>>> = {
  TIME_TAKEN: 'conflict',
  TIME_NOT_OFFERED: 'conflict',
  CHAIN_BROKEN: 'business-rule',
  STATE_NOT_ALLOWED: 'business-rule',
  TARGET_DATE_FIXED: 'business-rule',
};

/** IHE ITI Scheduling: an appointment that cannot be had is not found, whoever has it. */
const UNAVAILABLE: readonly ErrorCode[] = ['TIME_TAKEN', 'TIME_NOT_OFFERED'];

const CODE_SYSTEM = 'urn:taltid:error';

/** A failure as every FHIR interface tells it; the product's own code is its detail. */
export function failureOutcome({
  status,
  code,
  message,
}: {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
}): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: status >= 500 ? 'fatal' : 'error',
        code: TYPE_OF_CODE[code] ?? TYPE_OF_STATUS[status] ?? 'processing',
        details: { coding: [{ system: CODE_SYSTEM, code }], text: message },
      },
      ...(UNAVAILABLE.includes(code) ? [{ severity: 'fatal' as const, code: 'not-found' as const }] : []),
    ],
  };
}

/** Something to know beside an answer. */
export function hint(text: string): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'informational', details: { text } }],
  };
}

/** What of a request was not done; undefined where all of it was. */
export function warnings(issues: readonly (readonly [code: IssueType, text: string])[]): OperationOutcome | undefined {
  if (issues.length === 0) return undefined;
  const issue = issues.map(([code, text]) => ({ severity: 'warning' as const, code, details: { text } }));
  return { resourceType: 'OperationOutcome', issue };
}
