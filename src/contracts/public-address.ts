/** Of the reader's own computer, or of none at all; as URL writes them. */
const LEADS_NOWHERE = /^((.+\.)?localhost|127\..+|0\.0\.0\.0|\[::1?\])$/;

/** Whether an address of a server can lead to it from another computer. */
export function isReachableAddress(address: string): boolean {
  return !LEADS_NOWHERE.test(new URL(address).hostname);
}
