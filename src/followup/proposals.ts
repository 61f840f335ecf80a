import type { FollowUpRequest, Proposal, UnitDefaults } from '../contracts/followup.ts';

/** The unit's defaults for what a request does not say. */
export function proposalsFor(request: FollowUpRequest, unit: UnitDefaults): Proposal[] {
  const proposals: Proposal[] = [];
  if (request.time?.kind === 'relativ' && request.time.offset === null) {
    proposals.push({ field: 'offset', value: request.after === undefined ? unit.labOffset : unit.resultOffset });
  }
  const minutes = unit.visitMinutes[request.type];
  if (request.duration_min === undefined && minutes !== undefined)
    proposals.push({ field: 'duration_min', value: minutes });
  const staff = unit.staff.find(({ name }) => name.split(' ').at(-1) === request.practitioner);
  if (request.role === undefined && staff) proposals.push({ field: 'role', value: staff.role });
  return proposals;
}
