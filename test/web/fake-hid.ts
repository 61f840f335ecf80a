/**
 * Puts a WebHID with a PowerMic III and a foot control in the place of the browser's: `powerMic.report(bytes)` is an
 * input report as the device sends it, and `powerMic.light` what was sent to it.
 */
export const FAKE_HID = `(() => {
  class Device extends EventTarget {
    opened = false;
    light = 0;
    constructor(vendorId, productId, usage) {
      super();
      Object.assign(this, { vendorId, productId, productName: 'test', collections: [{ usagePage: 1, usage }] });
    }
    async open() { this.opened = true; }
    async close() { this.opened = false; }
    async sendReport(_id, data) { this.light = data[0]; }
    report(bytes) {
      const data = new DataView(new Uint8Array(bytes).buffer);
      this.dispatchEvent(Object.assign(new Event('inputreport'), { device: this, reportId: 0, data }));
    }
  }
  globalThis.powerMic = new Device(1364, 4097, 0);
  globalThis.footControl = new Device(2321, 6212, 4);
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => [powerMic, footControl],
    requestDevice: async () => [],
  });
  Object.defineProperty(navigator, 'hid', { value: hid });
})()`;
