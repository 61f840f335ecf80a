import type { Job } from './job.ts';
import { errorMessage, messages } from './messages.sv.ts';

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`expected an element with the id ${id}; got none`);
  return found as T;
}

/** The parts of the page that code touches. */
export const view = {
  record: element<HTMLButtonElement>('record'),
  choose: element<HTMLButtonElement>('choose'),
  file: element<HTMLInputElement>('file'),
  recording: element('recording'),
  level: element<HTMLMeterElement>('level'),
  recorded: element('recorded'),
  serverState: element('server-state'),
  signIn: element('sign-in'),
  status: element('status'),
  elapsed: element('elapsed'),
  progress: element<HTMLProgressElement>('progress'),
  failure: element('failure'),
  failureText: element('failure-text'),
  retry: element<HTMLButtonElement>('retry'),
  text: element('text'),
  copy: element<HTMLButtonElement>('copy'),
  saveText: element<HTMLButtonElement>('save-txt'),
  saveSubtitles: element<HTMLButtonElement>('save-srt'),
  cancel: element<HTMLButtonElement>('cancel'),
  showKeys: element<HTMLButtonElement>('show-keys'),
  keys: element<HTMLDialogElement>('keys'),
};

/** Shows a state of the work. Text is only ever added to, so that what is read aloud is what is new. */
export function showJob(job: Job, canRetry: boolean): void {
  const { phase } = job;
  const isWorking = phase === 'working';
  const isRecording = phase === 'recording';
  document.body.dataset.phase = phase;
  view.record.textContent = isRecording ? messages.stopRecording : messages.record;
  view.record.disabled = isWorking || phase === 'opening';
  view.choose.disabled = isWorking || isRecording || phase === 'opening';
  view.recording.hidden = !isRecording;
  view.progress.hidden = !isWorking;
  view.cancel.hidden = !isWorking && !isRecording;
  setText(view.status, statusText(job));
  showFailure(job, canRetry);

  const text = 'text' in job ? job.text : '';
  const isEmpty = text === '';
  const placeholder = phase === 'done' ? messages.noSpeech : messages.emptyText;
  view.text.classList.toggle('empty', isEmpty);
  appendText(view.text, isEmpty ? placeholder : text);
  for (const button of [view.copy, view.saveText]) button.disabled = isEmpty;
  view.saveSubtitles.disabled = !('cues' in job) || job.cues.length === 0;
}

export function showLevel(levelDbfs: number, recordedSeconds: number): void {
  view.level.value = Math.max(view.level.min, Math.round(levelDbfs));
  view.recorded.textContent = clock(recordedSeconds);
}

/** Minutes and seconds, as on a stopwatch. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function statusText(job: Job): string {
  switch (job.phase) {
    case 'idle':
    case 'failed':
      return '';
    case 'opening':
      return messages.opening;
    case 'recording':
      return messages.recording;
    case 'working':
      return messages.working(job.name);
    case 'done':
      return messages.done(job.name);
    case 'cancelled':
      return messages.cancelled;
    default:
      return job satisfies never;
  }
}

function showFailure(job: Job, canRetry: boolean): void {
  const code = job.phase === 'failed' ? job.code : '';
  view.failure.hidden = code === '';
  setText(view.failureText, code === '' ? '' : errorMessage(code));
  // What is wrong with the audio stays wrong.
  view.retry.hidden = !canRetry || code.startsWith('AUDIO_');
}

/** The same words set again would be read aloud again. */
function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

function appendText(target: HTMLElement, text: string): void {
  const shown = target.textContent;
  if (shown !== '' && text.startsWith(shown)) target.append(text.slice(shown.length));
  else setText(target, text);
}
