import { createServer } from "node:net";
import { DomainError } from "@runweir/errors";

/** Fails with `failed_precondition` when nobody could listen there now. 0 stands for any free port. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  try {
    await tryPort(host, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const sentences: Readonly<Record<string, string>> = {
      EADDRINUSE: `Port ${port} is in use by another program. Stop it, or choose another port with --port.`,
      EACCES: `Port ${port} may not be opened by this user. Choose another port with --port.`,
      EADDRNOTAVAIL: `${host} is not an address of this machine. Choose another with --host.`,
      ENOTFOUND: `${host} is not a name of this machine. Choose another with --host.`,
    };
    const sentence = sentences[code ?? ""] ?? `${host}:${port} cannot be listened on: ${message}.`;
    throw new DomainError("failed_precondition", sentence, { cause: error });
  }
}

function tryPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ host, port }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
