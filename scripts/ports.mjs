/** Ports of this machine. */
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });
}

/** @returns whether nobody listens on the port yet */
export async function isFree(port) {
  return listen(port).then(
    () => true,
    () => false
  );
}

/** @returns the wanted port, or another one that is free */
export async function freePort(wanted = 0) {
  return listen(wanted).catch(() => listen(0));
}

/**
 * The port of an environment variable.
 *
 * @throws an Error that says what is wrong with it
 */
export function portOf(name, otherwise) {
  const text = process.env[name];
  if (text === undefined || text === '') {
    return otherwise;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${name}=${text} is not a port; use a number from 1 to 65535.`);
  }
  return port;
}

/**
 * Waits until an address answers, whatever its status.
 *
 * @throws an Error when it does not within the time, in ms
 */
export async function untilAnswers(url, within, signal) {
  const end = Date.now() + within;
  while (Date.now() < end) {
    signal?.throwIfAborted();
    const answers = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false
    );
    if (answers) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${Math.round(within / 1000)} s.`);
}
