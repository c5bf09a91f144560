import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ISocketFactory } from "kafkajs";

const keepAliveMs = 60_000;

/**
 * Sockets that end when a request stays without any answer for `silenceMs`. kafkajs gives a request up but goes on with
 * the connection: when the other end is gone without a word, that is where all later requests go as well.
 */
export function answeringSocket(silenceMs: number): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
      : connectTcp({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAliveMs);
    endWhenSilent(socket, silenceMs);
    return socket;
  };
}

/** Brokers answer in order, so any byte that comes shows that the other end is there. */
function endWhenSilent(socket: Socket, silenceMs: number): void {
  let timer: NodeJS.Timeout | undefined;
  const write = socket.write.bind(socket);
  const clear = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  socket.write = ((...written: Parameters<typeof write>) => {
    timer ??= setTimeout(
      () => socket.destroy(new Error(`no answer within ${silenceMs} ms; the connection is given up`)),
      silenceMs,
    );
    return write(...written);
  }) as typeof socket.write;
  socket.on("data", clear);
  socket.on("close", clear);
}
