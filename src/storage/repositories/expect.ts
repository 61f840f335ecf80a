import { AppError } from '../../contracts/errors.ts';

/** A change that was made to another version than the one that is there. */
export class VersionConflict extends AppError {
  constructor(what: string, version: number) {
    super('CONFLICT', `the ${what} was changed by somebody else, or is not here`, {
      expected: `version ${version}`,
      got: 'another one',
    });
  }
}

/** The row that a change with `where version = ...` gave back. Throws CONFLICT when it matched none. */
export function changedRow<Row>(rows: readonly Row[], what: string, version: number): Row {
  const [row] = rows;
  if (row !== undefined) return row;
  throw new VersionConflict(what, version);
}
