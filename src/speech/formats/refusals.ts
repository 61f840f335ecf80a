import { AppError } from '../../contracts/errors.ts';

/** Less came than the file itself declares. */
export function truncated(format: string, expected: string, got: string): AppError {
  return new AppError('AUDIO_TRUNCATED', `the ${format} file is cut off`, { expected, got });
}

export function corrupt(format: string, expected: string, got: string, cause?: unknown): AppError {
  return new AppError('AUDIO_CORRUPT', `the ${format} file is damaged`, { expected, got, cause });
}

export function noSound(): AppError {
  return new AppError('AUDIO_NOT_AUDIO', 'the file holds no sound', { expected: 'a track of sound', got: 'none' });
}

/** Seconds for a message. */
export function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
