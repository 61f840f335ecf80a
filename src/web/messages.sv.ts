import type { RefusedChange } from '../contracts/dictation.ts';
import type { ErrorCode } from '../contracts/errors.ts';
import type { PageErrorCode } from './page-error.ts';

/** With a comma, and one digit after it. */
function decimal(value: number): string {
  return value.toFixed(1).replace('.', ',');
}

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

  toDictation: 'Diktera',
  toFiles: 'Ljudfiler',
  signIn: 'Logga in',
  dictationTitle: 'Diktera – Taltid',

  pages: 'Sidor',

  note: 'Anteckning',
  emptyNote: 'Tryck på Diktera och börja tala.',
  controls: 'Diktering',
  talk: 'Diktera',
  pause: 'Pausa',
  undo: 'Ångra',
  copyNote: 'Kopiera',
  newNote: 'Ny anteckning',
  noteCopied: 'Anteckningen är kopierad.',
  noUncertainWord: 'Inget osäkert ord är kvar.',
  noteCleared: 'Ny anteckning. Ångra ger texten tillbaka.',
  microphone: 'Mikrofon',
  ownMicrophone: 'Webbläsarens val',
  microphoneChanged: (name: string) =>
    `Mikrofonen kopplades från. Det som sades är sparat, och dikteringen fortsätter med ${name || 'en annan mikrofon'}.`,
  addDevice: 'Anslut diktafon eller pedal',
  devices: (count: number) => (count === 0 ? 'Ingen ansluten' : count === 1 ? '1 ansluten' : `${count} anslutna`),
  announcements: 'Dikterat',
  dismiss: 'Stäng meddelandet',
  undone: 'Ångrat',
  struck: 'Struket',
  movedTo: (section: string) => `Går till ${section}`,

  settings: 'Inställningar',
  settingsKept: 'Inställningarna gäller genast och sparas i den här webbläsaren.',
  seconds: (seconds: number) => `${decimal(seconds)} sekunder`,
  pauseLength: (seconds: number) => `Paus som avslutar en mening: ${decimal(seconds)} s`,
  pauseHint: 'Kortare ger texten tidigare. Längre låter dig tänka mitt i en mening.',
  ownWords: (count: number) => (count === 0 ? 'Egna ord' : `Egna ord (${count})`),
  ownWordsHint: 'Ett på varje rad, som det ska skrivas: namn, läkemedel, enheter. Högst 200, i den här webbläsaren.',
  toVocabulary: 'Ord som följer dig, enheten och kliniken skrivs i ordlistan',
  templates: 'Mallar',
  templatesHint: 'Säg ”infoga mall” och namnet. Det som står inom hakparentes, som [rytm], är fält att diktera i.',
  templateName: (number: number) => `Mall ${number}: namn`,
  templateText: (number: number) => `Mall ${number}: text`,
  addTemplate: 'Ny mall',
  removeTemplate: (number: number) => `Ta bort mall ${number}`,

  whatToSay: 'Vad man kan säga',
  writesItself: 'Skrivs av sig självt',
  said: 'Säg',
  written: 'Skrivs',

  keyTalk: 'Diktera och pausa. Håll ned för att diktera så länge den hålls.',
  keySectionNext: 'Nästa sökord',
  keySectionPrevious: 'Föregående sökord',
  keyUndo: 'Ångra det senaste',
  keyUncertain: 'Nästa osäkra ord',
  keyHear: 'Hör ordet vid markören (i paus)',
  keyPause: 'Pausa',
  keysHere: 'Visa den här listan (? när markören inte står i texten)',

  buttonsHeading: 'Diktafon och pedal',
  buttonRecord: 'Spela in',
  buttonTalk: 'Diktera och pausa',
  buttonPedal: 'Pedalens mitt',
  buttonHold: 'Diktera så länge den hålls',
  buttonStop: 'Stopp, EOL',
  buttonForward: 'Framåt',
  buttonBackward: 'Bakåt',
  buttonFunction: 'F1, vänster F',
  buttonPlay: 'Spela upp',

  status: {
    loading: 'Startar',
    opening: 'Öppnar mikrofonen',
    listening: 'Lyssnar',
    paused: 'Paus',
    offline: 'Utan nät',
    behind: 'Efter',
    'caught-up': 'Ikapp',
  },
  savedHere: (seconds: number) => `: ${seconds} s sparat`,
  behindBy: (seconds: number) => `: ${seconds} s`,
} as const;

type MessageCode = PageErrorCode | RefusedChange['reason'];

/** What went wrong and what to do about it, for every way in which the pages' work can fail. */
const errorMessages: Readonly<Partial<Record<ErrorCode, string>> & Record<MessageCode, string>> = {
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
  NOT_SIGNED_IN: 'Logga in (/inloggning) för att få tal tolkat på den här datorn.',
  MIC_DENIED: 'Webbläsaren fick inte använda mikrofonen. Tillåt den i adressfältet och försök igen.',
  MIC_MISSING: 'Ingen mikrofon hittades. Anslut en och försök igen.',
  MIC_CHOSEN_MISSING: 'Den valda mikrofonen hittades inte. Anslut den eller välj en annan.',
  MIC_UNPLUGGED: 'Mikrofonen kopplades från. Det som sades är sparat. Anslut en mikrofon och fortsätt.',
  MIC_SILENT: 'Mikrofonen ger inget ljud alls. Är den avstängd, eller är fel mikrofon vald?',
  MIC_INSECURE:
    'Mikrofonen fungerar bara över https. Öppna sidan med https:// i adressen, eller be den som sköter servern om ett certifikat.',
  MIC_FAILED: 'Mikrofonen kunde inte startas. Används den av ett annat program?',
  LIVE_FULL: 'Servern har inte plats för fler diktat just nu. Det du säger sparas här och skrivs när det blir plats.',
  LIVE_NOT_ALLOWED: 'Servern tillåter inte det här diktatet. Logga in igen med ditt konto och ladda om sidan.',
  LIVE_TAKEN_OVER: 'Diktatet fortsätter i ett annat fönster.',
  LIVE_STORAGE: 'Servern kan inte spara ljudet just nu. Det du säger sparas här så länge.',
  STORAGE:
    'Webbläsaren kan inte spara mer. Diktera vidare: det som sägs finns kvar i den här sidan. Stäng den inte förrän texten är kopierad.',
  STORAGE_MISSING:
    'Webbläsaren låter inte sidan spara något. Det går att diktera, men allt försvinner när sidan stängs. Tillåt webbplatsdata och ladda om.',
  DRAFT_UNREADABLE:
    'Den sparade anteckningen går inte att läsa. Den ligger kvar orörd. Det går att diktera en ny, som försvinner när sidan stängs.',
  BACKLOG_FULL: 'Tio minuter ljud väntar på nätet. Dikteringen pausades; det sagda är sparat.',
  OTHER_TAB: 'Diktatet är öppet i en annan flik. Stäng den så fortsätter det här.',
  COPY_FAILED: 'Webbläsaren lät inte sidan kopiera. Markera texten och tryck Ctrl C.',
  SOUND_GONE: 'Ljudet finns inte kvar. Det sparas bara en tid efter dikteringen; texten påverkas inte.',
  'nothing-to-undo': 'Det finns inget att ångra.',
  'nothing-to-strike': 'Det finns inget att stryka.',
  'text-was-changed': 'Texten har ändrats sedan dess. Använd knappen Ångra.',
  'no-such-place': 'Det finns inget sådant ställe i anteckningen.',
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
};

export function errorMessage(code: string): string {
  const known: Readonly<Record<string, string | undefined>> = errorMessages;
  return known[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
