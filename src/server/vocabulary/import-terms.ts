import type { Kysely } from 'kysely';
import { type ImportCounts, type ImportPreview, PREVIEWED_LINES } from '../../contracts/vocabulary-api.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { allTerms, type ListOwner, putTerms, type TermFields } from '../../storage/repositories/vocabulary.ts';
import type { PlainTables } from '../../storage/tables/tables.ts';
import { listFull, mostTerms } from './term-changes.ts';
import { readTerms, termKey } from './vocabulary-table.ts';

interface Plan extends ImportPreview {
  readonly terms: readonly TermFields[];
  /** Of the list afterwards. */
  readonly termCount: number;
}

/** What would become of each line of a table, without doing it. Nothing on the list is removed. */
export async function previewImport(tables: Kysely<PlainTables>, owner: ListOwner, text: string): Promise<Plan> {
  const known = new Map((await allTerms(tables, owner)).map((term) => [termKey(term), term]));
  const counts = { added: 0, changed: 0, same: 0, refused: 0 };
  const lines: ImportPreview['lines'] = [];
  const terms: TermFields[] = [];
  for (const read of readTerms(text)) {
    if ('fault' in read) {
      counts.refused += 1;
      lines.push({ action: 'refused', ...read });
      continue;
    }
    const { line, term } = read;
    const before = known.get(termKey(term));
    if (before?.enabled && isSame(before, term)) {
      counts.same += 1;
      continue;
    }
    counts[before ? 'changed' : 'added'] += 1;
    lines.push({ action: before ? 'change' : 'add', line, ...term });
    terms.push(term);
  }
  const termCount = known.size + counts.added;
  return { counts, isTooMany: termCount > mostTerms(owner), lines: lines.slice(0, PREVIEWED_LINES), terms, termCount };
}

/** Takes a table into a list: lines that cannot be read are left out. Throws VOCABULARY_FULL. */
export async function importTerms(
  transaction: AuditedTransaction,
  owner: ListOwner,
  text: string,
): Promise<ImportCounts> {
  const { counts, isTooMany, terms, termCount } = await previewImport(transaction.plain, owner, text);
  if (isTooMany) throw listFull(owner, termCount);
  await putTerms(transaction, owner, terms, transaction.staffId);
  return counts;
}

function isSame(one: TermFields, other: TermFields): boolean {
  return one.term === other.term && one.soundsLike === other.soundsLike && one.level === other.level;
}
