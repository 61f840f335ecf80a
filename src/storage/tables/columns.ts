import type { ColumnType } from 'kysely';

/** A jsonb column: read as the value, written as its text by `jsonText`. */
export type Json<Value> = ColumnType<Value, JsonText<Value>, JsonText<Value>>;
export type JsonOrNull<Value> = ColumnType<Value | null, JsonText<Value> | null | undefined, JsonText<Value> | null>;
export type JsonWithDefault<Value> = ColumnType<Value, JsonText<Value> | undefined, JsonText<Value>>;

declare const OF: unique symbol;
/** The JSON text of a value, which remembers of what kind that is. */
export type JsonText<Value> = string & { readonly [OF]: Value };

/** A value for a jsonb column. node-postgres would write an array as one of PostgreSQL's own. */
export function jsonText<Value>(value: Value): JsonText<Value> {
  return JSON.stringify(value) as JsonText<Value>;
}

/** A column that the database fills in and nobody writes. */
export type Filled<Value> = ColumnType<Value, never, never>;

/** The optimistic lock and its time; both are counted by the database. */
export interface Versioned {
  readonly version: Filled<number>;
  /** Now when absent; earlier for what is brought in from elsewhere. */
  readonly createdAt: ColumnType<Date, Date | undefined, never>;
  readonly updatedAt: Filled<Date>;
}
