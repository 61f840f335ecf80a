import {
  ButtonEvent,
  type DictationDevice,
  DictationDeviceManager,
  ImplementationType,
  LedStatePM3,
  SimpleLedState,
} from 'dictation_support';

export interface DeviceActions {
  /** The record button or the pedal was pressed, or let go. */
  onTalk(isPressed: boolean): void;
  onStop(): void;
  onSection(by: 1 | -1): void;
  onUndo(): void;
  /** The word at the cursor is to be heard. */
  onPlay(): void;
  /** How many devices there are now. */
  onDevices(count: number): void;
}

/**
 * Buttons that do something when they are pressed; talking is apart, since letting go counts too. The one for inserting
 * or overwriting has no meaning here: what is selected is replaced by what is said, and else it is inserted.
 */
const PRESSES: readonly (readonly [ButtonEvent, (actions: DeviceActions) => void])[] = [
  [ButtonEvent.STOP, (actions) => actions.onStop()],
  [ButtonEvent.EOL_PRIO, (actions) => actions.onStop()],
  [ButtonEvent.TRANSCRIBE, (actions) => actions.onStop()],
  [ButtonEvent.FORWARD, (actions) => actions.onSection(1)],
  [ButtonEvent.TAB_FORWARD, (actions) => actions.onSection(1)],
  [ButtonEvent.REWIND, (actions) => actions.onSection(-1)],
  [ButtonEvent.TAB_BACKWARD, (actions) => actions.onSection(-1)],
  [ButtonEvent.CUSTOM_LEFT, (actions) => actions.onUndo()],
  [ButtonEvent.F1_A, (actions) => actions.onUndo()],
  [ButtonEvent.PLAY, (actions) => actions.onPlay()],
];

/** SpeechMike, PowerMic and foot pedals over WebHID. Absent where the browser has none. */
export class DictationDevices {
  readonly #actions: DeviceActions;
  readonly #manager = new DictationDeviceManager();
  /** The buttons that are down, by device. */
  readonly #down = new Map<number, number>();

  private constructor(actions: DeviceActions) {
    this.#actions = actions;
  }

  /** Devices that were allowed on an earlier visit are there at once. */
  static async open(actions: DeviceActions): Promise<DictationDevices | undefined> {
    if (!('hid' in navigator)) return undefined;
    const devices = new DictationDevices(actions);
    const manager = devices.#manager;
    manager.addButtonEventListener((device, buttons) => devices.#onButtons(device, buttons));
    manager.addDeviceConnectedEventListener(() => devices.#tellCount());
    manager.addDeviceDisconnectedEventListener((device) => devices.#onGone(device));
    await manager.init();
    devices.#tellCount();
    return devices;
  }

  /** Lets the user choose one; the browser asks, and only upon a press. */
  async request(): Promise<void> {
    await this.#manager.requestDevice();
    this.#tellCount();
  }

  /** The light on the device says whether it listens. */
  async showListening(isListening: boolean): Promise<void> {
    for (const device of this.#manager.getDevices()) {
      if (device.implType === ImplementationType.SPEECHMIKE_HID) {
        await device.setSimpleLedState(isListening ? SimpleLedState.RECORD_INSERT : SimpleLedState.OFF);
      } else if (device.implType === ImplementationType.POWERMIC_3) {
        await device.setLed(isListening ? LedStatePM3.RED : LedStatePM3.OFF);
      }
    }
  }

  #onButtons(device: DictationDevice, buttons: number): void {
    const before = this.#down.get(device.id) ?? 0;
    this.#down.set(device.id, buttons);
    const changed = before ^ buttons;
    // The middle of a foot pedal is for talking; on a microphone the same button plays.
    const talk = device.implType === ImplementationType.FOOT_CONTROL ? ButtonEvent.PLAY : ButtonEvent.RECORD;
    // A SpeechMike's slider seems let go whenever another button is pressed: there a press is all that counts.
    const isHoldable = device.implType !== ImplementationType.SPEECHMIKE_HID;
    if (changed & buttons & talk) {
      this.#actions.onTalk(true);
      if (!isHoldable) this.#actions.onTalk(false);
    } else if (changed & talk && isHoldable) this.#actions.onTalk(false);
    for (const [button, act] of PRESSES) {
      if (changed & buttons & button & ~talk) act(this.#actions);
    }
  }

  #onGone(device: DictationDevice): void {
    const wasTalking = (this.#down.get(device.id) ?? 0) !== 0;
    this.#down.delete(device.id);
    if (wasTalking) this.#actions.onStop();
    this.#tellCount(device);
  }

  /** @param gone is still among the manager's own while it tells of it */
  #tellCount(gone?: DictationDevice): void {
    this.#actions.onDevices(this.#manager.getDevices().filter((device) => device !== gone).length);
  }
}
