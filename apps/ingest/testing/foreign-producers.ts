import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { ensureBrokerJars } from "@runweir/kafka-broker";

/** A record as it is handed to a program that is not ours. */
export interface ForeignRecord {
  readonly key: string;
  /** One line. */
  readonly value: string;
}

export type ForeignProducer = (
  target: { readonly brokers: readonly string[]; readonly topic: string },
  records: readonly ForeignRecord[],
  options?: { readonly compression?: string },
) => Promise<void>;

const lines = (records: readonly ForeignRecord[]) =>
  records.map(({ key, value }) => `${key}\t${value}\n`).join("");

/** kcat, over librdkafka. */
export const kcat: ForeignProducer = ({ brokers, topic }, records, { compression } = {}) =>
  feed(
    "kcat",
    [
      "-P",
      "-b",
      brokers.join(","),
      "-t",
      topic,
      "-K",
      "\t",
      "-E",
      ...(compression ? ["-z", compression] : []),
    ],
    lines(records),
  );

/** A file as one message of kcat's, with headers. */
export async function kcatFile(
  { brokers, topic }: { readonly brokers: readonly string[]; readonly topic: string },
  record: { readonly key: string; readonly file: string; readonly headers: Readonly<Record<string, string>> },
): Promise<void> {
  const headers = Object.entries(record.headers).flatMap(([name, value]) => ["-H", `${name}=${value}`]);
  await feed(
    "kcat",
    ["-P", "-b", brokers.join(","), "-t", topic, "-k", record.key, ...headers, "-E", record.file],
    "",
  );
}

/** Kafka's own console producer, in Java. */
export const consoleProducer: ForeignProducer = async ({ brokers, topic }, records, { compression } = {}) => {
  await feed(
    "java",
    [
      "-cp",
      `${await ensureBrokerJars()}/*`,
      "org.apache.kafka.tools.ConsoleProducer",
      "--bootstrap-server",
      brokers.join(","),
      "--topic",
      topic,
      "--reader-property",
      "parse.key=true",
      ...(compression ? ["--compression-codec", compression] : []),
    ],
    lines(records),
  );
};

/** Whether kcat is not on this machine; said aloud, and an error where everything must be there. */
export async function isKcatMissing(): Promise<boolean> {
  try {
    await promisify(execFile)("kcat", ["-V"]);
    return false;
  } catch (error) {
    const why = `kcat is not installed (Debian: apt-get install kcat): ${(error as Error).message}`;
    if (process.env.RUNWEIR_STRICT === "1") throw new Error(why);
    console.warn(`SKIPPED, producers that are not ours: ${why}`);
    return true;
  }
}

/** Runs a program with this input to its end; rejects with what it said when it fails. */
function feed(program: string, args: readonly string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (part) => {
      said += part;
    });
    child.stderr.on("data", (part) => {
      said += part;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      // The console producer ends with 0 whatever became of its records, and says it in its log.
      if (code === 0 && !/ERROR/.test(said)) resolve();
      else reject(new Error(`${program} ended with ${code}: ${said}`));
    });
    child.stdin.end(input);
  });
}
