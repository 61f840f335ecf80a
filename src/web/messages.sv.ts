import type { ErrorCode } from '../contracts/errors.ts';
import type { PageErrorCode } from './page-error.ts';

/** Every word of the page. The build puts them into index.html, where it says {{key}}. */
export const messages = {
  sourceHeading: 'Tal',
  sourceHint: 'Spela in, eller släpp en ljudfil var som helst på sidan. Wav, mp3, flac, ogg, webm eller m4a.',
  record: 'Spela in',
  stopRecording: 'Stoppa',
  choose: 'Välj fil …',
  level: 'Ljudnivå',
  textHeading: 'Text',
  emptyText: 'Texten visas här medan talet tolkas.',
  noSpeech: 'Inget tal hördes i ljudet.',
  progress: 'Talet tolkas',
  copy: 'Kopiera',
  saveText: 'Spara .txt',
  saveSubtitles: 'Spara .srt',
  cancel: 'Avbryt',
  retry: 'Försök igen',
  privacy: 'Ljud och text lämnar inte servern här på kliniken.',
  showKeys: 'Kortkommandon (?)',
  keysHeading: 'Kortkommandon',
  keyRecord: 'Spela in, och stoppa',
  keyCancel: 'Avbryt',
  keyList: 'Visa den här listan',
  close: 'Stäng',
  recordingName: 'Inspelning',

  serverReady: 'Redo',
  serverStarting: 'Startar …',
  serverGone: 'Ingen kontakt med servern',

  opening: 'Öppnar mikrofonen …',
  recording: 'Spelar in',
  working: (name: string) => `Tolkar ${name}`,
  done: (name: string) => `Klar: ${name}`,
  cancelled: 'Avbrutet',
  copied: 'Kopierat',
  oneFile: 'Släpp en fil i taget.',
} as const;

/** What went wrong and what to do about it, for every way in which this page's work can fail. */
const errorMessages: Readonly<Partial<Record<ErrorCode, string>> & Record<PageErrorCode, string>> = {
  AUDIO_EMPTY: 'Filen innehåller inget ljud. Kontrollera filen eller spela in igen.',
  AUDIO_SILENT: 'Ljudet är helt tyst. Kontrollera att rätt mikrofon är vald och inte avstängd.',
  AUDIO_TRUNCATED: 'Filen är avklippt. Hämta eller exportera den på nytt.',
  AUDIO_CORRUPT: 'Filen är skadad och går inte att läsa.',
  AUDIO_TOO_LARGE: 'Filen är för stor. Dela upp den, eller spara den som flac eller mp3.',
  AUDIO_TOO_LONG: 'Inspelningen är för lång. Dela upp den i flera filer.',
  AUDIO_NOT_AUDIO: 'Det är inte en ljudfil. Välj wav, mp3, flac, ogg, webm eller m4a.',
  AUDIO_CODEC_UNSUPPORTED: 'Ljudformatet stöds inte. Spara filen som wav, mp3 eller flac.',
  AUDIO_NEEDS_FFMPEG: 'Formatet kräver programmet ffmpeg på servern. Spara filen som wav, mp3 eller flac i stället.',
  MODEL_NOT_FOUND: 'Språkmodellen är inte installerad på servern.',
  SPEECH_BUSY: 'Servern har fullt upp just nu. Försök igen om en stund.',
  SPEECH_WORKER_DIED: 'Tolkningen avbröts av ett fel på servern. Försök igen.',
  SPEECH_TIMEOUT: 'Tolkningen tog för lång tid. Försök igen, eller dela upp filen.',
  SPEECH_CLOSED: 'Servern håller på att stängas av. Försök igen om en stund.',
  MIC_DENIED: 'Webbläsaren fick inte använda mikrofonen. Tillåt den i adressfältet och försök igen.',
  MIC_MISSING: 'Ingen mikrofon hittades. Anslut en och försök igen.',
  MIC_INSECURE: 'Mikrofonen fungerar bara på serverns egen dator eller över https.',
  MIC_FAILED: 'Mikrofonen kunde inte startas. Används den av ett annat program?',
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
};

export function errorMessage(code: string): string {
  const known: Readonly<Record<string, string | undefined>> = errorMessages;
  return known[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
