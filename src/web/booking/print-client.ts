import { PrintRoom } from '../../contracts/delivery-api.ts';
import { ApiClient } from '../shell/api-client.ts';

/** The server's interface of what is printed. Failures are PageErrors with the server's codes. */
export class PrintClient extends ApiClient {
  printRoom(): Promise<PrintRoom> {
    return this.ask('/api/print-batches', PrintRoom);
  }

  async gather(unitId: string): Promise<void> {
    await this.change('POST', '/api/print-batches', PrintRoom, { body: { unitId } });
  }

  async markPrinted({ id, version }: { readonly id: string; readonly version: number }): Promise<void> {
    await this.change('POST', `/api/print-batches/${id}/printed`, PrintRoom, { version });
  }
}

export function pileOf(batchId: string, bothSides: boolean): string {
  return `/api/print-batches/${batchId}/letters.pdf?bothSides=${bothSides}`;
}
