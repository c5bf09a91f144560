import { describeError } from "./describe-error.ts";

const attemptsMax = 4;

/** Reads are asked again when the server was busy or did not answer; what it refused it would refuse again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= attemptsMax) return false;
  return ["unavailable", "unreachable", "resource_exhausted"].includes(describeError(error).code);
}

/** As long as the server asked for (at most half a minute), else doubling from half a second, in milliseconds. */
export function retryDelay(failures: number, error: unknown): number {
  const asked = describeError(error).retryAfterSeconds;
  return asked === undefined ? Math.min(500 * 2 ** failures, 8_000) : Math.min(asked * 1_000, 30_000);
}
