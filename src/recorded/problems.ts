import type { ErrorCode } from '../contracts/errors.ts';

/** Why a dictation has no note, and what to do, in words for staff. */
const PROBLEMS: Partial<Readonly<Record<ErrorCode, string>>> = {
  AUDIO_EMPTY: 'Filen är tom. Skicka inspelningen igen.',
  AUDIO_SILENT: 'Inget tal hörs i inspelningen. Lyssna på den, eller spela in igen.',
  AUDIO_TRUNCATED: 'Filen är avklippt. Hämta den från diktafonen igen och skicka den på nytt.',
  AUDIO_CORRUPT: 'Filen är skadad. Hämta den från diktafonen igen och skicka den på nytt.',
  AUDIO_TOO_LARGE: 'Filen är för stor. Dela upp diktatet eller spara det som FLAC eller MP3.',
  AUDIO_TOO_LONG: 'Inspelningen är för lång. Dela upp den och skicka delarna var för sig.',
  AUDIO_NOT_AUDIO: 'Filen är inte ljud i ett format som går att läsa. Spara om den som WAV, FLAC eller MP3.',
  AUDIO_CODEC_UNSUPPORTED: 'Ljudet är kodat på ett sätt som inte går att läsa. Spara om det som WAV, FLAC eller MP3.',
  AUDIO_NEEDS_FFMPEG: 'Servern saknar ett program för det här ljudformatet. Spara om ljudet som WAV, FLAC eller MP3.',
  REQUEST_TOO_LARGE: 'Diktatet är för långt för en anteckning. Dela upp inspelningen.',
  SOUND_GONE: 'Ljudfilen finns inte kvar på servern. Skicka inspelningen igen.',
  QUEUE_WORKER_DIED: 'Servern stannade gång på gång medan den skrev ut diktatet. Säg till driften.',
  SPEECH_TIMEOUT: 'Utskriften tog för lång tid. Försök igen när servern har mindre att göra.',
};

const UNKNOWN = 'Utskriften misslyckades av ett fel i programmet. Försök igen; säg till driften om det händer på nytt.';

export function problemInWords(code: ErrorCode): string {
  return PROBLEMS[code] ?? UNKNOWN;
}

/** Faults of the sound itself: another attempt would find the same. */
export function isOfTheSound(code: ErrorCode): boolean {
  return code.startsWith('AUDIO_') || code === 'REQUEST_TOO_LARGE' || code === 'SOUND_GONE';
}
