import { MadeAnswerCode, type NamedContactBody, NamedContacts } from '../../contracts/patient-plan.ts';
import { ApiClient } from '../shell/api-client.ts';

/** What staff do for a patient's own page. Failures are PageErrors with the server's codes. */
export class PatientPageClient extends ApiClient {
  contacts(patientId: string, unitId: string): Promise<NamedContacts> {
    return this.ask(`/api/patients/${patientId}/named-contacts?unit=${unitId}`, NamedContacts);
  }

  async nameContact(patientId: string, body: NamedContactBody): Promise<void> {
    await this.change('PUT', `/api/patients/${patientId}/named-contacts`, NamedContacts, { body });
  }

  async removeContact(patientId: string, unitId: string): Promise<void> {
    await this.change('DELETE', `/api/patients/${patientId}/named-contacts/${unitId}`, NamedContacts);
  }

  newCode(taskId: string, endsEarlier: boolean): Promise<MadeAnswerCode> {
    return this.ask(`/api/tasks/${taskId}/answer-code`, MadeAnswerCode, { method: 'POST', body: { endsEarlier } });
  }
}
