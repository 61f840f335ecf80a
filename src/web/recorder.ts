import { rmsDbfs } from '../audio/levels.ts';
import { floatToS16le, SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { Resampler } from '../audio/resampler.ts';
import workletUrl from './capture-worklet.ts?worker&url';
import { PageError, type PageErrorCode } from './page-error.ts';
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
  const stream = await openMicrophone();
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(workletUrl);
    await context.resume();
    return await capture(context, stream, events);
  } catch (cause) {
    await release(context, stream);
    throw new PageError('MIC_FAILED', { cause });
  }
}

async function capture(context: AudioContext, stream: MediaStream, events: RecorderEvents): Promise<Recording> {
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
  const resampler = new Resampler(context.sampleRate, SPEECH_RATE_HZ);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const hasBegun = Promise.withResolvers<void>();
  const hasEnded = Promise.withResolvers<void>();
  let recordedSeconds = 0;

  node.port.onmessage = ({ data }: MessageEvent<Float32Array | 'ended'>) => {
    if (data === 'ended') return hasEnded.resolve();
    hasBegun.resolve();
    if (recordedSeconds >= LONGEST_SECONDS) return events.onEnded();
    recordedSeconds += data.length / context.sampleRate;
    parts.push(floatToS16le(resampler.push(data)));
    events.onLevel(rmsDbfs(data), recordedSeconds);
  };
  stream.getAudioTracks()[0]?.addEventListener('ended', () => {
    hasEnded.resolve();
    events.onEnded();
  });
  context.createMediaStreamSource(stream).connect(node);
  await hasBegun.promise;

  return {
    async stop() {
      node.port.postMessage('end');
      await hasEnded.promise;
      await release(context, stream);
      return wavFile([...parts, floatToS16le(resampler.flush())], SPEECH_RATE_HZ);
    },
    discard: () => release(context, stream),
  };
}

async function release(context: AudioContext, stream: MediaStream): Promise<void> {
  for (const track of stream.getTracks()) track.stop();
  await context.close();
}

async function openMicrophone(): Promise<MediaStream> {
  if (!window.isSecureContext) throw new PageError('MIC_INSECURE');
  try {
    // What the browser does to make voices pleasant for a call takes away what the recogniser needs.
    const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : '';
    const codes: Readonly<Record<string, PageErrorCode>> = {
      NotAllowedError: 'MIC_DENIED',
      NotFoundError: 'MIC_MISSING',
    };
    throw new PageError(codes[name] ?? 'MIC_FAILED', { cause });
  }
}
