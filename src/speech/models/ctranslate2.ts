import { AppError } from '../../contracts/errors.ts';
import { FileRanges } from './file-ranges.ts';
import { ELEMENT_BYTES, type ElementType, elementCount } from './tensor.ts';

/** Versions of the container that carry an element type with every variable. */
const OLDEST_VERSION = 4;
const NEWEST_VERSION = 6;
const SPECIFICATION = 'WhisperSpec';
const NAME_LIMIT_BYTES = 1024;
const RANK_LIMIT = 8;
/** No Whisper holds more; a larger count means that the file is something else. */
const VARIABLE_LIMIT = 100_000;

/** CTranslate2's numbers of element types. */
const ELEMENT_TYPES = ['F32', 'I8', 'I16', 'I32', 'F16', 'BF16'] as const;
type VariableType = (typeof ELEMENT_TYPES)[number];
const VARIABLE_BYTES = { ...ELEMENT_BYTES, I16: 2, I32: 4 } as const satisfies Record<VariableType, number>;

export interface Variable {
  readonly type: VariableType;
  readonly shape: readonly number[];
  /** Bytes from the start of the file. */
  readonly start: number;
  readonly length: number;
}

/**
 * A CTranslate2 `model.bin` that holds a Whisper: a list of named variables, then aliases of them.
 * Source: python/ctranslate2/specs/model_spec.py of https://github.com/OpenNMT/CTranslate2
 */
export class CTranslate2File {
  readonly #file: FileRanges;
  readonly #variables: ReadonlyMap<string, Variable>;

  /** @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED. */
  constructor(path: string) {
    this.#file = new FileRanges(path);
    try {
      this.#variables = readVariables(this.#file);
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  get variables(): ReadonlyMap<string, Variable> {
    return this.#variables;
  }

  /** The bytes of `rowCount` rows of a variable's first dimension, from `firstRow` on. */
  readRows(name: string, firstRow: number, rowCount: number): Uint8Array {
    const { start, length, shape } = this.#variables.get(name)!;
    const rowBytes = length / shape[0]!;
    return this.#file.read(start + firstRow * rowBytes, rowCount * rowBytes);
  }

  /** A number that the specification keeps as a scalar variable, such as a count of heads. */
  readScalar(name: string): number {
    const variable = this.#variables.get(name);
    if (variable === undefined || variable.length > 4 || isFloat(variable.type)) {
      throw new AppError('MODEL_INVALID', `${this.#file.path} is no complete Whisper`, {
        expected: `a number ${name}`,
      });
    }
    return this.#file.read(variable.start, variable.length).readIntLE(0, variable.length);
  }

  close(): void {
    this.#file.close();
  }
}

export function isTensorType(type: VariableType): type is ElementType {
  return Object.hasOwn(ELEMENT_BYTES, type);
}

function isFloat(type: VariableType): boolean {
  return type === 'F32' || type === 'F16' || type === 'BF16';
}

/** Walks along a file, one field after another. */
class Cursor {
  readonly file: FileRanges;
  position = 0;

  constructor(file: FileRanges) {
    this.file = file;
  }

  number(bytes: 1 | 2 | 4): number {
    const value = this.file.read(this.position, bytes).readUIntLE(0, bytes);
    this.position += bytes;
    return value;
  }

  /** A name with its length in front and a zero behind. */
  text(): string {
    const length = this.number(2);
    if (length === 0 || length > NAME_LIMIT_BYTES) throw foreign(this.file);
    const bytes = this.file.read(this.position, length);
    if (bytes[length - 1] !== 0) throw foreign(this.file);
    this.position += length;
    return bytes.toString('utf8', 0, length - 1);
  }
}

function readVariables(file: FileRanges): Map<string, Variable> {
  const cursor = new Cursor(file);
  if (file.sizeBytes < 8) throw foreign(file);
  const version = cursor.number(4);
  if (version > 1000) throw foreign(file);
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    throw new AppError('MODEL_UNSUPPORTED', `${file.path} has a version that is not known`, {
      expected: `CTranslate2 container version ${OLDEST_VERSION} to ${NEWEST_VERSION}`,
      got: `version ${version}`,
    });
  }
  const specification = cursor.text();
  if (specification !== SPECIFICATION) {
    throw new AppError('MODEL_INVALID', `${file.path} is no Whisper`, { expected: SPECIFICATION, got: specification });
  }
  cursor.number(4); // the specification's revision changes how CTranslate2 runs the model, not what is stored

  const variables = new Map<string, Variable>();
  const count = cursor.number(4);
  if (count > VARIABLE_LIMIT) throw foreign(file);
  for (let index = 0; index < count; index++) {
    const name = cursor.text();
    variables.set(name, readVariable(cursor, name));
  }
  const aliases = cursor.number(4);
  if (aliases > VARIABLE_LIMIT) throw foreign(file);
  for (let index = 0; index < aliases; index++) {
    const alias = cursor.text();
    const variable = variables.get(cursor.text());
    if (variable === undefined) throw foreign(file);
    variables.set(alias, variable);
  }
  return variables;
}

function readVariable(cursor: Cursor, name: string): Variable {
  const rank = cursor.number(1);
  if (rank > RANK_LIMIT) throw foreign(cursor.file);
  const shape = Array.from({ length: rank }, () => cursor.number(4));
  const type = ELEMENT_TYPES[cursor.number(1)];
  const length = cursor.number(4);
  const expectedLength = type === undefined ? Number.NaN : elementCount(shape) * VARIABLE_BYTES[type];
  if (type === undefined || length !== expectedLength) {
    throw new AppError('MODEL_INVALID', `The variable ${name} in ${cursor.file.path} does not fill its range`, {
      expected: `${expectedLength} bytes for ${type ?? 'a known element type'} [${shape.join(', ')}]`,
      got: `${length} bytes`,
    });
  }
  const start = cursor.position;
  cursor.position += length;
  if (cursor.position > cursor.file.sizeBytes) {
    throw new AppError('MODEL_TRUNCATED', `${cursor.file.path} ends too early, in the variable ${name}`, {
      expected: `at least ${cursor.position} bytes`,
      got: `${cursor.file.sizeBytes} bytes`,
    });
  }
  return { type, shape, start, length };
}

function foreign(file: FileRanges): AppError {
  return new AppError('MODEL_INVALID', `${file.path} is no CTranslate2 model`, {
    expected: 'a Whisper in CTranslate2 form',
    got: file.describe(),
  });
}
