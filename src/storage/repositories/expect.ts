import { AppError } from '../../contracts/errors.ts';

/** The row that a change with `where version = ...` gave back. Throws CONFLICT when it matched none. */
export function changedRow<Row>(rows: readonly Row[], what: string, version: number): Row {
  const [row] = rows;
  if (row !== undefined) return row;
  throw new AppError('CONFLICT', `the ${what} was changed by somebody else, or is not here`, {
    expected: `version ${version}`,
    got: 'another one',
  });
}
