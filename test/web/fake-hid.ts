/**
 * Puts a WebHID with a PowerMic III, a SpeechMike and a foot control in the place of the browser's:
 * `powerMic.report(bytes)` is an input report as the device sends it, `powerMic.sent` the newest one that was sent to
 * it, and `unplug(powerMic)` takes it away. Reports are as in dictation_support's sources.
 */
export const FAKE_HID = `(() => {
  class Device extends EventTarget {
    opened = false;
    sent = [];
    constructor(vendorId, productId, usagePage, usage) {
      super();
      Object.assign(this, { vendorId, productId, productName: 'test', collections: [{ usagePage, usage }] });
    }
    async open() { this.opened = true; }
    async close() { this.opened = false; }
    async sendReport(_id, data) { this.sent = [...data]; }
    report(bytes) {
      const data = new DataView(new Uint8Array(bytes).buffer);
      this.dispatchEvent(Object.assign(new Event('inputreport'), { device: this, reportId: 0, data }));
    }
  }
  // Asked whether it is a Premium (131) it says no, and asked for its code (135) that of a push-button LFH 3500.
  class SpeechMike extends Device {
    async sendReport(id, data) {
      await super.sendReport(id, data);
      if (data[0] === 131) this.report([131, 0, 0, 0, 0, 0, 0, 0, 0]);
      if (data[0] === 135) this.report([135, 0, 0, 0, 0, 0, 0, 3500 >> 8, 3500 & 255]);
    }
    press(buttons) { this.report([128, 0, 0, 0, 0, 0, 0, buttons & 255, buttons >> 8]); }
  }
  globalThis.powerMic = new Device(1364, 4097, 1, 0);
  globalThis.footControl = new Device(2321, 6212, 1, 4);
  globalThis.speechMike = new SpeechMike(2321, 3100, 65440, 1);
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => [powerMic, footControl, speechMike],
    requestDevice: async () => [],
  });
  globalThis.unplug = (device) => hid.dispatchEvent(Object.assign(new Event('disconnect'), { device }));
  Object.defineProperty(navigator, 'hid', { value: hid });
})();`;
