import { recall, remember } from './remembered.ts';

export interface Microphone {
  readonly id: string;
  readonly label: string;
}

const CHOICE_KEY = 'microphone';

/** The microphones that the browser tells of; nameless, and therefore none, before it was allowed to use one. */
export async function listMicrophones(): Promise<Microphone[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, label, deviceId }) => kind === 'audioinput' && label !== '' && deviceId !== 'default')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** The choice of an earlier visit; empty for the browser's own. */
export function rememberedMicrophone(): string {
  return recall(CHOICE_KEY) ?? '';
}

export function rememberMicrophone(id: string): void {
  remember(CHOICE_KEY, id);
}
