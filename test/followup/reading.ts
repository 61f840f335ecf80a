import type { FollowUpReading, FollowUpRequest } from '../../src/contracts/followup.ts';
import { extractFollowUps } from '../../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';

/** A Tuesday, as in the labelled phrases. */
export const REF_DATE = '2026-03-10';

export function readTyped(text: string): FollowUpReading {
  return extractFollowUps(text, { refDate: REF_DATE, mode: 'typed', unit: UNIT_DEFAULTS });
}

export function readDictated(text: string): FollowUpReading {
  return extractFollowUps(text, { refDate: REF_DATE, mode: 'dictated', unit: UNIT_DEFAULTS });
}

/** The requests of a text in the order of their ids. */
export function requestsOf({ followUps }: FollowUpReading): FollowUpRequest[] {
  const number = ({ id }: FollowUpRequest) => Number(id.slice(1));
  return followUps
    .flatMap(({ requests }) => requests.map(({ request }) => request))
    .sort((a, b) => number(a) - number(b));
}
