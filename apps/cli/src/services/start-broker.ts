import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { DomainError } from "@runweir/errors";
import { findFreePort } from "@runweir/ports";

const root = resolve(import.meta.dirname, "../../../..");
const stopMs = 20_000;

/**
 * A real Kafka on this machine, with its data in `folder`; needs Java and Maven, and says so where they are missing. It
 * ends with this process.
 */
export async function startBroker(options: {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  onProblem(message: string): void;
}): Promise<{ readonly brokers: string; stop(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [
      "--import",
      join(import.meta.dirname, "end-with-parent.ts"),
      join(root, "tools/kafka/src/main.ts"),
      "--data",
      options.folder,
      "--port",
      String(await findFreePort()),
    ],
    { cwd: root, env: { ...options.environment }, stdio: ["pipe", "pipe", "pipe"], detached: true },
  );
  child.stdin.on("error", () => {});
  let words = "";
  let stopping = false;
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  const ready = new Promise<string | undefined>((found) => {
    const listen = (part: Buffer) => {
      words = (words + part.toString()).slice(-4_000);
      const [, brokers] = /RUNWEIR_KAFKA_BROKERS=(\S+)/.exec(words) ?? [];
      if (brokers) found(brokers);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    void ended.then(() => found(undefined));
  });
  const brokers = await ready;
  if (brokers === undefined)
    throw new DomainError("failed_precondition", `Kafka does not start: ${words.trim()}`, {
      reason: "kafka_start",
    });
  void ended.then(() => {
    if (!stopping) options.onProblem(`Kafka ended by itself. ${words.trim()}`);
  });
  return {
    brokers,
    async stop() {
      stopping = true;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await ended;
      clearTimeout(force);
    },
  };
}
