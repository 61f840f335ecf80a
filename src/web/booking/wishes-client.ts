import { z } from 'zod';
import type { WishesBody } from '../../contracts/patient-wishes.ts';
import { ApiClient } from '../shell/api-client.ts';

interface Seen {
  readonly id: string;
  readonly version: number;
}

/** What a patient wishes, written down on the phone. Failures are PageErrors with the server's codes. */
export class WishesClient extends ApiClient {
  async state({ id, version }: Seen, body: z.input<typeof WishesBody>): Promise<void> {
    await this.change('PUT', `/api/tasks/${id}/wishes`, z.undefined(), { version, body });
  }

  /** What the note says holds again. */
  async forget({ id, version }: Seen): Promise<void> {
    await this.change('DELETE', `/api/tasks/${id}/wishes`, z.undefined(), { version });
  }

  async wantEarlier(appointmentId: string): Promise<void> {
    const body = { notBefore: null };
    await this.change('PUT', `/api/appointments/${appointmentId}/earlier-time`, z.undefined(), { body });
  }

  async wantNoEarlier(appointmentId: string): Promise<void> {
    await this.change('DELETE', `/api/appointments/${appointmentId}/earlier-time`, z.undefined());
  }
}
