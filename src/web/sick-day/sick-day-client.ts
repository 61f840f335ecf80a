import type { z } from 'zod';
import { ResourceList, type ResourceView } from '../../contracts/calendar-api.ts';
import {
  type ChangeLetter,
  type NewSickDay,
  SickDayChoices,
  SickDayList,
  SickDayOutcome,
  SickDayPlan,
  type SickDayProposal,
  SickDayView,
  type SickDayVisitView,
} from '../../contracts/sick-day-api.ts';
import { ApiClient } from '../shell/api-client.ts';

/** What the page asks of the server. Each method throws PageError. */
export class SickDayClient extends ApiClient {
  /** Of units, the latest first. */
  async sickDays(unitIds: readonly string[]): Promise<readonly SickDayView[]> {
    const lists = await Promise.all(unitIds.map((unit) => this.ask(`/api/sick-days?unit=${unit}`, SickDayList)));
    return lists.flatMap(({ items }) => items).sort((one, other) => (one.firstDay < other.firstDay ? 1 : -1));
  }

  /** Whoever of a unit has a calendar. */
  async people(unitId: string): Promise<readonly z.infer<typeof ResourceView>[]> {
    const { items } = await this.ask(`/api/resources?unit=${unitId}`, ResourceList);
    return items.filter(({ kind, active }) => active && (kind === 'person' || kind === 'role'));
  }

  declare(sickDay: NewSickDay): Promise<SickDayView> {
    return this.change('POST', '/api/sick-days', SickDayView, { body: sickDay });
  }

  plan(id: string): Promise<SickDayPlan> {
    return this.ask(`/api/sick-days/${id}`, SickDayPlan);
  }

  end({ id, version }: SickDayView): Promise<SickDayView> {
    return this.change('POST', `/api/sick-days/${id}/end`, SickDayView, { version });
  }

  async choices(sickDayId: string, { id }: SickDayVisitView): Promise<readonly SickDayProposal[]> {
    return (await this.ask(`/api/sick-days/${sickDayId}/visits/${id}/choices`, SickDayChoices)).items;
  }

  async move(
    sickDayId: string,
    { id, version }: SickDayVisitView,
    proposal: SickDayProposal,
    sendsLetter: boolean,
  ): Promise<ChangeLetter> {
    const visits = proposal.visits.map(({ appointmentId, performer, startsAt }) => ({
      appointmentId,
      performerId: performer.id,
      startsAt: startsAt.toISOString(),
    }));
    const body = { visits, givesUp: proposal.givesUp.map(({ wish }) => wish), sendsLetter };
    const url = `/api/sick-days/${sickDayId}/visits/${id}/move`;
    return (await this.change('POST', url, SickDayOutcome, { body, version })).letter;
  }

  async giveBack(sickDayId: string, { id, version }: SickDayVisitView, sendsLetter: boolean): Promise<ChangeLetter> {
    const url = `/api/sick-days/${sickDayId}/visits/${id}/give-back`;
    return (await this.change('POST', url, SickDayOutcome, { body: { sendsLetter }, version })).letter;
  }
}
