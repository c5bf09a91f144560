import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what Linux (32768), macOS and Windows (49152) give to outgoing connections, above what services register. */
const range = { first: 20_000, last: 29_999 };
const triesMax = 100;

/** A port of loopback that nobody listens on, and that no outgoing connection takes until its server does. */
export async function findFreePort({ first, last } = range): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(first, last + 1);
    try {
      await listenOnce(port);
      return port;
    } catch (error) {
      if (tries === triesMax) throw error;
    }
  }
}

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ host: "127.0.0.1", port, exclusive: true }, () => probe.close(() => resolve()));
  });
}
