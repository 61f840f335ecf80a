import workletUrl from './capture-worklet.ts?worker&url';
import { PageError, type PageErrorCode } from './page-error.ts';

export interface CaptureEvents {
  /** The newest samples, about 40 ms of them, at the device's own rate. */
  onSamples(samples: Float32Array, sampleRateHz: number): void;
  /** The microphone was unplugged; nothing more comes. */
  onUnplugged(): void;
}

/** A running microphone. */
export interface Capture {
  /** As the browser calls it. */
  readonly microphoneName: string;
  /** Gives what has been heard up to now to `onSamples`, and ends. */
  stop(): Promise<void>;
  /** Ends it at once. */
  release(): Promise<void>;
}

// The browser keeps it from now on: the microphone then starts while the server does not answer, too.
void fetch(workletUrl).catch(() => undefined);

/**
 * Resolves when sound is really coming in, from the chosen microphone or the browser's own choice.
 * Throws PageError MIC_* when there is no microphone to be had, CONNECTION when a part of the page itself is missing.
 */
export async function startCapture(events: CaptureEvents, deviceId?: string): Promise<Capture> {
  const stream = await openMicrophone(deviceId);
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(workletUrl).catch((cause) => {
      throw new PageError('CONNECTION', { cause });
    });
    await context.resume();
    return await run(context, stream, events);
  } catch (cause) {
    await release(context, stream);
    throw cause instanceof PageError ? cause : new PageError('MIC_FAILED', { cause });
  }
}

async function run(context: AudioContext, stream: MediaStream, events: CaptureEvents): Promise<Capture> {
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
  const hasBegun = Promise.withResolvers<void>();
  const hasEnded = Promise.withResolvers<void>();
  node.port.onmessage = ({ data }: MessageEvent<Float32Array | 'ended'>) => {
    if (data === 'ended') return hasEnded.resolve();
    hasBegun.resolve();
    events.onSamples(data, context.sampleRate);
  };
  const [microphone] = stream.getAudioTracks();
  microphone?.addEventListener('ended', () => {
    hasEnded.resolve();
    events.onUnplugged();
  });
  context.createMediaStreamSource(stream).connect(node);
  await hasBegun.promise;

  return {
    microphoneName: microphone?.label ?? '',
    async stop() {
      node.port.postMessage('end');
      await hasEnded.promise;
      await release(context, stream);
    },
    release: () => release(context, stream),
  };
}

async function release(context: AudioContext, stream: MediaStream): Promise<void> {
  for (const track of stream.getTracks()) track.stop();
  if (context.state !== 'closed') await context.close();
}

async function openMicrophone(deviceId: string | undefined): Promise<MediaStream> {
  if (!window.isSecureContext) throw new PageError('MIC_INSECURE');
  try {
    // What the browser does to make voices pleasant for a call takes away what the recogniser needs.
    const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    return await navigator.mediaDevices.getUserMedia({
      audio: deviceId === undefined ? audio : { ...audio, deviceId: { exact: deviceId } },
    });
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : '';
    const codes: Readonly<Record<string, PageErrorCode>> = {
      NotAllowedError: 'MIC_DENIED',
      NotFoundError: 'MIC_MISSING',
      OverconstrainedError: 'MIC_CHOSEN_MISSING',
    };
    throw new PageError(codes[name] ?? 'MIC_FAILED', { cause });
  }
}
