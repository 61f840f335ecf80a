import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles.css';
import { formatSrt } from '../transcript/subtitles.ts';
import { type Job, type JobEvent, step } from './job.ts';
import { messages } from './messages.sv.ts';
import { PageError } from './page-error.ts';
import { type Recording, startRecording } from './recorder.ts';
import { watchServer } from './server-state.ts';
import { noteUse } from './shell/idle.ts';
import { fetchMe, keepWatch, leaveForLogin, sessionOf } from './shell/session.ts';
import { transcribe } from './transcription-client.ts';
import { clock, showJob, showLevel, view } from './view.ts';

let job: Job = { phase: 'idle' };
let recording: Recording | undefined;
/** What was sent last, kept so that a failure loses no recording. */
let sent: { readonly audio: Blob; readonly name: string } | undefined;
let cancellation = new AbortController();

/** Whoever the server does not hear signs in first; a server without accounts, or one that is away, asks nobody to. */
async function enter(): Promise<void> {
  const me = await fetchMe().catch(() => undefined);
  const session = me && sessionOf(me);
  // A long file is heard to its end, and its text stays, while its owner does something else.
  if (session) keepWatch(session, () => undefined);
  else if (me?.needsLogin) leaveForLogin();
  else view.signIn.hidden = me === undefined;
}

function apply(event: JobEvent): void {
  job = step(job, event);
  showJob(job, sent !== undefined);
}

async function send(audio: Blob, name: string): Promise<void> {
  if (job.phase === 'working') return;
  sent = { audio, name };
  cancellation = new AbortController();
  const { signal } = cancellation;
  apply({ type: 'sent', name });
  const startedMs = performance.now();
  const showElapsed = () => {
    view.elapsed.textContent = clock((performance.now() - startedMs) / 1000);
  };
  showElapsed();
  const ticking = setInterval(showElapsed, 1000);
  try {
    for await (const event of transcribe(audio, name, signal)) apply(event);
  } catch (error) {
    if (signal.aborted) apply({ type: 'cancelled' });
    else apply({ type: 'failed', code: PageError.from(error).code });
  } finally {
    clearInterval(ticking);
  }
}

async function record(): Promise<void> {
  sent = undefined;
  view.elapsed.textContent = '';
  apply({ type: 'microphone-asked' });
  try {
    const onLevel = (levelDbfs: number, seconds: number) => {
      noteUse();
      showLevel(levelDbfs, seconds);
    };
    recording = await startRecording({ onLevel, onEnded: () => void stopRecording() });
    apply({ type: 'recording-started' });
  } catch (error) {
    apply({ type: 'failed', code: PageError.from(error).code });
  }
}

async function stopRecording(): Promise<void> {
  const stopped = recording;
  recording = undefined;
  if (stopped !== undefined) await send(await stopped.stop(), `${messages.recordingName}.wav`);
}

function toggleRecording(): void {
  if (job.phase === 'recording') void stopRecording();
  else if (job.phase !== 'opening' && job.phase !== 'working') void record();
}

function cancel(): void {
  if (job.phase === 'working') cancellation.abort();
  if (recording === undefined) return;
  void recording.discard();
  recording = undefined;
  apply({ type: 'cancelled' });
}

function sendFiles(files: FileList | null | undefined): void {
  const [file, another] = files ?? [];
  if (file === undefined || view.choose.disabled) return;
  if (another === undefined) void send(file, file.name);
  else view.status.textContent = messages.oneFile;
}

function save(text: string, type: string, extension: string): void {
  if (!('name' in job)) return;
  const href = URL.createObjectURL(new Blob([text], { type }));
  const name = job.name.replace(/\.[^.]+$/, '');
  Object.assign(document.createElement('a'), { href, download: `${name}.${extension}` }).click();
  URL.revokeObjectURL(href);
}

async function copy(): Promise<void> {
  if (!('text' in job)) return;
  await navigator.clipboard.writeText(job.text);
  view.status.textContent = messages.copied;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || view.keys.open) return;
  if (event.key === 'Escape') cancel();
  else if (event.key === '?') view.keys.showModal();
  else if (event.key.toLowerCase() === 'r') toggleRecording();
}

void enter();
showJob(job, false);
void watchServer(view.serverState);

document.addEventListener('keydown', onKey);
view.record.addEventListener('click', toggleRecording);
view.cancel.addEventListener('click', cancel);
view.choose.addEventListener('click', () => view.file.click());
view.file.addEventListener('change', () => {
  sendFiles(view.file.files);
  // The same file chosen again is a wish too.
  view.file.value = '';
});
view.retry.addEventListener('click', () => {
  if (sent !== undefined) void send(sent.audio, sent.name);
});
view.copy.addEventListener('click', () => void copy());
view.saveText.addEventListener('click', () => {
  if ('text' in job) save(`${job.text}\n`, 'text/plain', 'txt');
});
view.saveSubtitles.addEventListener('click', () => {
  if ('cues' in job) save(formatSrt(job.cues), 'application/x-subrip', 'srt');
});
view.showKeys.addEventListener('click', () => view.keys.showModal());

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dragging');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dragging');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dragging');
  sendFiles(event.dataTransfer?.files);
});
