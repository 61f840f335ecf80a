import type { ImportPreview } from '../../src/contracts/exchange-api.ts';
import { applyImport, type ImportTarget, previewImport } from '../../src/exchange/import.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';

/** A file as a spreadsheet writes it. */
export function csv(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
}

/** What a preview says of each row: its action, and its faults by their column. */
export function told({ rows }: ImportPreview): unknown[] {
  return rows.map(({ action, faults }) =>
    action === 'refused' ? faults.map(({ column, fault }) => `${column}: ${fault}`).join(', ') : action,
  );
}

export function preview(
  transaction: AuditedTransaction,
  target: ImportTarget,
  bytes: Uint8Array,
  nowMs: number,
): Promise<ImportPreview> {
  return previewImport(transaction, target, bytes, nowMs);
}

/** Looks, and takes in what was seen. */
export async function takeIn(transaction: AuditedTransaction, target: ImportTarget, bytes: Uint8Array, nowMs: number) {
  const { token } = await previewImport(transaction, target, bytes, nowMs);
  return applyImport(transaction, { ...target, token: token! }, bytes, nowMs);
}
