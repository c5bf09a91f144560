import { type DestinationStream, type Logger, pino } from "pino";
import { formatLogLine } from "./format-log-line.ts";

export type { Logger };

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

export type LogLevel = (typeof logLevels)[number];

/** Fields whose values never reach a log line, wherever they come from. */
const secretPaths = [
  "password",
  "token",
  "secret",
  "authorization",
  "*.password",
  "*.token",
  "*.secret",
  "*.authorization",
  "headers.authorization",
  "headers.cookie",
  "req.headers.authorization",
  "req.headers.cookie",
];

/**
 * Structured logs: one JSON object per line, or one readable line per event when a person is watching (`pretty`).
 * Messages are constant; whatever varies goes into fields.
 */
export function createLogger(options: {
  readonly name: string;
  readonly level: LogLevel;
  readonly pretty?: boolean;
  /** Standard output unless told. */
  readonly write?: (text: string) => void;
}): Logger {
  const write = options.write ?? ((text: string) => void process.stdout.write(text));
  const destination: DestinationStream = options.pretty
    ? { write: (line) => write(formatLogLine(line)) }
    : { write };
  return pino(
    {
      name: options.name,
      level: options.level,
      redact: { paths: secretPaths, censor: "[hidden]" },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        // The host's name says nothing here, and the process id only helps where several processes share one log.
        bindings: ({ name, pid }) => ({ name, pid }),
      },
    },
    destination,
  );
}
