import { resolve } from "node:path";
import { type InstanceKeyPlace, SecretText } from "@runweir/secrets";
import { z } from "zod";

/**
 * The kinds of settings that services share. Each carries, as metadata, the words that name what is allowed; the error
 * of a wrong variable ends with them.
 */

/**
 * Above 1023, the ports that browsers refuse to open, and Node's `fetch` and so health checks, too (Fetch standard, "port
 * blocking"): other protocols live there.
 */
const blockedPorts: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
]);

/** A TCP port that can be asked by HTTP; 0 lets the system choose. */
export function portSetting(fallback: number) {
  const allowed = "allowed is a whole number from 0 to 65535";
  const blocked = `browsers refuse to open this port; ${allowed} other than ${[...blockedPorts].join(", ")}`;
  return z
    .string()
    .regex(/^\d{1,5}$/, { message: allowed, abort: true })
    .transform(Number)
    .pipe(
      z
        .number()
        .max(65_535, { message: allowed, abort: true })
        .refine((port) => !blockedPorts.has(port), { message: blocked }),
    )
    .prefault(String(fallback))
    .meta({});
}

export function wholeNumberSetting({ fallback, min, max }: { fallback: number; min: number; max: number }) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { message: allowed, abort: true })
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .prefault(String(fallback))
    .meta({ allowed });
}

/** `1`/`true`/`yes` or `0`/`false`/`no`; off when unset. */
export function flagSetting() {
  return z
    .enum(["1", "true", "yes", "0", "false", "no"])
    .transform((value) => value === "1" || value === "true" || value === "yes")
    .prefault("0")
    .meta({ allowed: "1 or 0" });
}

/** Comma-separated; blanks and empty entries are dropped. */
export function listSetting() {
  return z
    .string()
    .prefault("")
    .transform((value) =>
      value
        .split(",")
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .meta({ allowed: "a list separated by commas" });
}

export function choiceSetting<const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
  fallback: Choices[number],
) {
  return z
    .enum(choices)
    .prefault(fallback)
    .meta({ allowed: `one of ${choices.join(", ")}` });
}

/** A connection address of Postgres. Holds a password, so its value is never printed. */
export function postgresUrlSetting() {
  return z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .meta({ allowed: "an address like postgres://user:password@host:5432/database", secret: true });
}

/** Where traces go and how many, as fields of an app's schema; no endpoint, no traces. */
export const traceSettings = {
  RUNWEIR_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ allowed: "the address of a collector like http://127.0.0.1:4318" }),
  RUNWEIR_TRACE_SHARE: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
    .transform(Number)
    .prefault("1")
    .meta({ allowed: "a number from 0 to 1" }),
} as const;

export interface TraceSettings {
  readonly endpoint: string | undefined;
  /** 0 to 1: of the traces that begin here. */
  readonly share: number;
}

/** Where the installation's secret keys are, as fields of an app's schema. */
export const secretKeySettings = {
  RUNWEIR_SECRET_KEY: z
    .string()
    .transform((text) => new SecretText(text))
    .optional(),
  RUNWEIR_SECRET_KEY_FILE: z
    .string()
    .transform((file) => resolve(file))
    .optional(),
} as const;

/** For `readInstanceKeys` of @runweir/secrets. */
export function toSecretKeyPlace(values: {
  readonly RUNWEIR_SECRET_KEY?: SecretText | undefined;
  readonly RUNWEIR_SECRET_KEY_FILE?: string | undefined;
}): InstanceKeyPlace {
  return { text: values.RUNWEIR_SECRET_KEY, file: values.RUNWEIR_SECRET_KEY_FILE };
}
