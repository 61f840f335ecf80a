import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOWNLOAD_LIMITS } from '../../../src/speech/models/download.ts';
import { type HubInstall, type InstallEvent, installFromHub } from '../../../src/speech/models/installer.ts';
import { BUNDLED_DIRECTORY, type ModelLocations } from '../../../src/speech/models/registry.ts';
import { type LocalHub, startHub, type Treatment } from './local-hub.ts';
import { scratchFolder } from './scratch.ts';
import { writeTinyWhisper } from './tiny-whisper.ts';

export const NAME = 'KBLab/kb-whisper-tiny';
export const WEIGHTS = 'model.safetensors';
export const LIMITS = { ...DOWNLOAD_LIMITS, firstRetryDelayMs: 1 };

/** An empty data directory beside the product's own bundled models. */
export function emptyLocations(): ModelLocations {
  return { bundledDirectory: BUNDLED_DIRECTORY, dataDirectory: scratchFolder() };
}

/** Leaves a calibration file as the real measurement does. */
export async function calibrate(folder: string): Promise<void> {
  writeFileSync(join(folder, 'calibration.json'), '{"layers":[]}\n');
}

export async function tinyHub(treatments: Record<string, Treatment> = {}): Promise<LocalHub> {
  const folder = scratchFolder();
  writeTinyWhisper(folder, 'BF16');
  return startHub(folder, treatments);
}

export function installTiny(locations: ModelLocations, hub: LocalHub, more: Partial<HubInstall> = {}) {
  return installFromHub(locations, { name: NAME, hubUrl: hub.url, calibrate, limits: LIMITS, ...more });
}

/** Follows an install, and cuts the hub's connection wherever its answer pauses. */
export function cutting(hub: LocalHub, follow?: (event: InstallEvent) => void): (event: InstallEvent) => void {
  return (event) => {
    follow?.(event);
    if (event.kind === 'progress') hub.cutAt(event.file, event.doneBytes);
  };
}

export function partialFolder({ dataDirectory }: ModelLocations): string {
  return join(dataDirectory, 'models/.partial/KBLab--kb-whisper-tiny');
}
