import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ISocketFactory } from "kafkajs";
import { wholeResponses } from "./whole-responses.ts";

const keepAliveMs = 60_000;

/**
 * Sockets that end when a request stays without any answer for `silenceMs`. kafkajs gives a request up but goes on with
 * the connection: when the other end is gone without a word, that is where all later requests go as well. One that kafkajs has
 * done with ends, too, though the other end may never say that it has heard of it.
 */
export function answeringSocket(silenceMs: number): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
      : connectTcp({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAliveMs);
    endWhenSilent(socket, silenceMs);
    const on = socket.on.bind(socket);
    socket.on = ((event: string, listener: (...told: unknown[]) => void) =>
      on(event, event === "data" ? wholeResponses(listener) : listener)) as typeof socket.on;
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
  const end = socket.end.bind(socket);
  socket.end = ((...last: Parameters<typeof end>) => {
    // No error: what is told to kafkajs now, it takes for one of the connection that it has made instead.
    const leaving = setTimeout(() => socket.destroy(), silenceMs).unref();
    socket.once("close", () => clearTimeout(leaving));
    return end(...last);
  }) as typeof socket.end;
  socket.on("data", clear);
  socket.on("close", clear);
}
