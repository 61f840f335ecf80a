import { rmsDbfs } from '../audio/levels.ts';
import { floatToS16le, SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { Resampler } from '../audio/resampler.ts';
import { startCapture } from './capture.ts';
import { wavFile } from './wav.ts';

/** An hour is 115 MB in memory. */
const LONGEST_SECONDS = 3600;

export interface RecorderEvents {
  /** Loudness of the newest 40 ms in dB below full scale, and the seconds recorded so far. */
  onLevel(levelDbfs: number, recordedSeconds: number): void;
  /** The microphone was unplugged, or the longest recording is reached: what was recorded can be fetched by `stop`. */
  onEnded(): void;
}

/** A running recording of the microphone at its own rate, kept as 16-bit samples at the recogniser's rate. */
export interface Recording {
  /** Ends the recording and gives it as a wav file. */
  stop(): Promise<Blob>;
  /** Ends it and forgets what was said. */
  discard(): Promise<void>;
}

/** Resolves when sound is really coming in. Throws PageError MIC_* when there is no microphone to be had. */
export async function startRecording(events: RecorderEvents): Promise<Recording> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let resampler: Resampler | undefined;
  let recordedSeconds = 0;
  const capture = await startCapture({
    onSamples(samples, sampleRateHz) {
      if (recordedSeconds >= LONGEST_SECONDS) return events.onEnded();
      recordedSeconds += samples.length / sampleRateHz;
      resampler ??= new Resampler(sampleRateHz, SPEECH_RATE_HZ);
      parts.push(floatToS16le(resampler.push(samples)));
      events.onLevel(rmsDbfs(samples), recordedSeconds);
    },
    onUnplugged: () => events.onEnded(),
  });

  return {
    async stop() {
      await capture.stop();
      const rest = resampler ? [floatToS16le(resampler.flush())] : [];
      return wavFile([...parts, ...rest], SPEECH_RATE_HZ);
    },
    discard: () => capture.release(),
  };
}
