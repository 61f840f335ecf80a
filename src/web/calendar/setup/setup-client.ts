import { z } from 'zod';
import {
  ClosureList,
  type ClosureView,
  type NewClosure,
  NewClosureAnswer,
  type NewResource,
  type NewSlotTemplate,
  type NewVisitType,
  PeopleWithoutCalendar,
  type ResourceBody,
  ResourceList,
  ResourceView,
  type SlotTemplateBody,
  SlotTemplateList,
  SlotTemplateView,
  type VisitTypeBody,
  VisitTypeList,
  VisitTypeView,
} from '../../../contracts/calendar-api.ts';
import { ApiClient } from '../../shell/api-client.ts';

export type Resource = z.infer<typeof ResourceView>;
export type Template = z.infer<typeof SlotTemplateView>;
export type Closure = z.infer<typeof ClosureView>;
export type VisitType = z.infer<typeof VisitTypeView>;

/** What a unit has set up. */
export interface Setup {
  readonly resources: readonly Resource[];
  readonly visitTypes: readonly VisitType[];
  readonly templates: readonly Template[];
  /** From today on. */
  readonly closures: readonly Closure[];
  /** Who works at the unit and has no calendar there. */
  readonly people: z.infer<typeof PeopleWithoutCalendar>['items'];
}

interface Seen {
  readonly id: string;
  readonly version: number;
}

const FAR_DAY = '9999-12-31';

/** The server's interface of what a unit's calendar is made of. Failures are PageErrors with the server's codes. */
export class SetupClient extends ApiClient {
  async setup(unit: string, today: string): Promise<Setup> {
    const query = new URLSearchParams({ unit });
    const [resources, visitTypes, templates, closures, people] = await Promise.all([
      this.ask(`/api/resources?${query}`, ResourceList),
      this.ask(`/api/visit-types?${query}`, VisitTypeList),
      this.ask(`/api/slot-templates?${query}`, SlotTemplateList),
      this.ask(`/api/closures?${new URLSearchParams({ unit, from: today, to: FAR_DAY })}`, ClosureList),
      this.ask(`/api/resources/people?${query}`, PeopleWithoutCalendar),
    ]);
    return {
      resources: resources.items,
      visitTypes: visitTypes.items,
      templates: templates.items,
      closures: closures.items,
      people: people.items,
    };
  }

  addResource(body: z.input<typeof NewResource>): Promise<Resource> {
    return this.change('POST', '/api/resources', ResourceView, { body });
  }

  changeResource({ id, version }: Seen, body: z.input<typeof ResourceBody>): Promise<Resource> {
    return this.change('PUT', `/api/resources/${id}`, ResourceView, { body, version });
  }

  addVisitType(body: z.input<typeof NewVisitType>): Promise<VisitType> {
    return this.change('POST', '/api/visit-types', VisitTypeView, { body });
  }

  changeVisitType({ id, version }: Seen, body: z.input<typeof VisitTypeBody>): Promise<VisitType> {
    return this.change('PUT', `/api/visit-types/${id}`, VisitTypeView, { body, version });
  }

  addTemplate(body: z.input<typeof NewSlotTemplate>): Promise<Template> {
    return this.change('POST', '/api/slot-templates', SlotTemplateView, { body });
  }

  changeTemplate({ id, version }: Seen, body: z.input<typeof SlotTemplateBody>): Promise<Template> {
    return this.change('PUT', `/api/slot-templates/${id}`, SlotTemplateView, { body, version });
  }

  async removeTemplate({ id, version }: Seen): Promise<void> {
    await this.change('DELETE', `/api/slot-templates/${id}`, z.undefined(), { version });
  }

  addClosure(body: z.input<typeof NewClosure>): Promise<z.infer<typeof NewClosureAnswer>> {
    return this.change('POST', '/api/closures', NewClosureAnswer, { body });
  }

  async removeClosure({ id, version }: Seen): Promise<void> {
    await this.change('DELETE', `/api/closures/${id}`, z.undefined(), { version });
  }
}
