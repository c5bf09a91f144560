import type { SendResult } from "./delivery.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** After the first attempt, the second, and so on; there is one attempt more than pauses. */
const pauses = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, 2 * hour, 6 * hour] as const;
/** More than that nobody is asked to wait. */
const retryAfterMax = 6 * hour;
/** Attempts without one success, over all of a webhook's deliveries, after which it is paused. */
export const failuresMax = 50;

const passing = new Set([408, 425, 429]);

export type Verdict =
  | { readonly state: "delivered" | "failed" }
  | { readonly state: "waiting"; readonly nextTime: number };

/**
 * What becomes of a delivery after its `attempts`-th attempt. Refusals that are meant (400, 401, 410, ...) are not repeated;
 * what may pass is, with a pause that grows and is never quite the same, so that not all come back at once.
 */
export function judgeAttempt(
  result: SendResult,
  { attempts, now, random }: { readonly attempts: number; readonly now: number; random(): number },
): Verdict {
  if (result.outcome === "answered" && result.status >= 200 && result.status < 300)
    return { state: "delivered" };
  const mayPass =
    result.outcome === "unreachable" ||
    (result.outcome === "answered" && (result.status >= 500 || passing.has(result.status)));
  const pause = pauses[attempts - 1];
  if (!mayPass || pause === undefined) return { state: "failed" };
  const asked = result.outcome === "answered" ? Math.min(result.retryAfterMs ?? 0, retryAfterMax) : 0;
  return { state: "waiting", nextTime: now + Math.round(Math.max(asked, pause * (0.8 + 0.4 * random()))) };
}
