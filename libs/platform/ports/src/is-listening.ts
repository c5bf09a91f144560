import { connect } from "node:net";

/**
 * Whether somebody listens at this address. Far cheaper than a request that nobody answers: whoever waits for a server
 * to start asks this again and again, on the processors that the server needs.
 */
export function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
