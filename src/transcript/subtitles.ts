import type { Cue } from './cues.ts';

/** SubRip: numbered cues, a comma before the milliseconds, a blank line after each. */
export function formatSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, index) => {
      const times = `${clock(cue.startSeconds, ',')} --> ${clock(cue.endSeconds, ',')}`;
      return `${index + 1}\n${times}\n${oneLine(cue.text).replaceAll('-->', '->')}\n\n`;
    })
    .join('');
}

/** WebVTT (W3C): markup characters in the text are escaped, so "<5" stays readable. */
export function formatVtt(cues: readonly Cue[]): string {
  const blocks = cues.map((cue) => {
    const text = oneLine(cue.text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return `${clock(cue.startSeconds, '.')} --> ${clock(cue.endSeconds, '.')}\n${text}\n\n`;
  });
  return `WEBVTT\n\n${blocks.join('')}`;
}

/** A line break inside a cue's text would end the cue. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** hh:mm:ss and milliseconds behind the given mark; hours may pass 99. */
function clock(seconds: number, mark: ',' | '.'): string {
  const totalMs = Math.round(seconds * 1000);
  const parts = [totalMs / 3_600_000, (totalMs / 60_000) % 60, (totalMs / 1000) % 60];
  const hms = parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
  return `${hms}${mark}${String(totalMs % 1000).padStart(3, '0')}`;
}
