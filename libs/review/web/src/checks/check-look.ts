import type { CheckRun } from "../review-api.ts";

export interface CheckLook {
  readonly tone: "ok" | "bad" | "warn" | "live" | "neutral";
  readonly words: string;
}

/** How a check's state is shown; what is not finished has no conclusion. */
export function checkLook({ status, conclusion }: Pick<CheckRun, "status" | "conclusion">): CheckLook {
  if (status !== "completed") return { tone: "live", words: status === "queued" ? "waiting" : "running" };
  switch (conclusion) {
    case "success":
      return { tone: "ok", words: "passed" };
    case "neutral":
    case "skipped":
      return { tone: "neutral", words: conclusion };
    case "action_required":
      return { tone: "warn", words: "action required" };
    case "cancelled":
      return { tone: "warn", words: "cancelled" };
    case "timed_out":
      return { tone: "bad", words: "timed out" };
    default:
      return { tone: "bad", words: "failed" };
  }
}
