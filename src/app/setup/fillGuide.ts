/** Stands where a guide needs an address and none is known. */
export const UNKNOWN_ADDRESS = 'http://pyroscope:4040';

/** What may stand in a service's name in code and commands without being quoted. */
const SERVICE = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}$/;

/** Fills service and address into a guide; what could end a quote or a command is left as its placeholder. */
export function fillGuide(text: string, service: string, address: string): string {
  const named = SERVICE.test(service) ? service : 'my-service';
  const reached = isAddress(address) ? address.replace(/\/+$/, '') : UNKNOWN_ADDRESS;
  return text.replaceAll('{{service}}', named).replaceAll('{{address}}', reached);
}

export function isServiceName(text: string): boolean {
  return SERVICE.test(text);
}

/** Whether a text is an address that programs can send to, and safe inside quotes. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/(?:\[[\da-f:]+\]|[\w.-]+)(?::\d{1,5})?(?:\/[\w.~%/-]*)?$/i.test(text);
}
