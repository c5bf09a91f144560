export const checkStatuses = ["queued", "in_progress", "completed"] as const;
export type CheckStatus = (typeof checkStatuses)[number];

/** As GitHub's check runs have them. */
export const checkConclusions = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
] as const;
export type CheckConclusion = (typeof checkConclusions)[number];

export interface CheckAnnotation {
  readonly level: "notice" | "warning" | "failure";
  readonly message: string;
  /** Of the row of the diff it is about. */
  readonly anchor?: string | undefined;
  readonly title?: string | undefined;
}

export interface CheckOutcome {
  readonly conclusion: CheckConclusion;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** What one check says of one head of a request. There is one of each name; a newer one takes its place. */
export interface CheckRun {
  readonly name: string;
  readonly source: "built-in" | "external";
  /** Whether the policy asked for it when it ran; undefined of what others report, which somebody wants to be known in any case. */
  readonly isRequired?: boolean | undefined;
  readonly status: CheckStatus;
  readonly conclusion: CheckConclusion | undefined;
  readonly title: string | undefined;
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly detailsUrl: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedTime: number | undefined;
  readonly completedTime: number | undefined;
  /** The run that did it, where one did. */
  readonly runId: string | undefined;
  readonly headDigest: string;
  /** Of everything a built-in check looked at; when that is another now, it runs again. */
  readonly inputDigest: string | undefined;
  /** Who said it: the name of a token, or the product. */
  readonly reportedBy: string;
}

/** Whether nothing stands in the way on this check's account. */
export function isPassed(run: Pick<CheckRun, "status" | "conclusion">): boolean {
  return run.status === "completed" && ["success", "neutral", "skipped"].includes(run.conclusion ?? "");
}

const severity: readonly CheckConclusion[] = [
  "skipped",
  "neutral",
  "success",
  "cancelled",
  "action_required",
  "timed_out",
  "failure",
];

/** One outcome of several, as bad as the worst of them. */
export function mergeOutcomes(outcomes: readonly CheckOutcome[]): CheckOutcome {
  return {
    conclusion:
      severity.findLast((one) => outcomes.some(({ conclusion }) => conclusion === one)) ?? "skipped",
    summary: [...new Set(outcomes.map(({ summary }) => summary))].join("\n\n"),
    annotations: outcomes.flatMap(({ annotations }) => annotations),
  };
}
