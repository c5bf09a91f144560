import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { answeringSocket } from "./answering-socket.ts";

async function serve(onSocket: (socket: Socket) => void): Promise<() => Socket> {
  const accepted: Socket[] = [];
  const server = createServer((socket) => {
    accepted.push(socket.on("error", () => {}));
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const open = answeringSocket(50);
  return () => {
    const socket = open({ host: "127.0.0.1", port, ssl: undefined as never, onConnect: () => {} });
    onTestFinished(() => {
      socket.destroy();
    });
    return socket;
  };
}

test("a request without answer ends the connection; one that was answered and is idle stays", async () => {
  const connectEcho = await serve((socket) => socket.pipe(socket));
  const connectSilent = await serve((socket) => socket.resume());
  const idle = connectEcho();
  idle.write("request");
  await once(idle, "data");
  // Begins to wait after the idle one was answered, so the idle one is silent for longer than it may be.
  const silent = connectSilent();
  silent.write("request");
  const [error] = await once(silent, "error");
  expect(String(error)).toMatch(/no answer within 50 ms/);
  expect(silent.destroyed).toBe(true);
  expect(idle.destroyed).toBe(false);
});
