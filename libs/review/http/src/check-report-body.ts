import { checkConclusions, checkStatuses } from "@runweir/review-domain";
import { z } from "zod";

const annotation = z.object({
  annotation_level: z.enum(["notice", "warning", "failure"]).default("notice"),
  message: z.string(),
  title: z.string().optional(),
  /** Of a row of the diff: `metrics:val/auc`. */
  anchor: z.string().optional(),
});

/** A check run in GitHub's shape, as far as it has a meaning here; what else is said is let be. */
export const checkReportBody = z
  .object({
    name: z.string(),
    head_digest: z.string(),
    status: z.enum(checkStatuses).default("completed"),
    conclusion: z.enum(checkConclusions).optional(),
    title: z.string().optional(),
    summary: z.string().optional(),
    details_url: z.string().optional(),
    run_id: z.string().optional(),
    annotations: z.array(annotation).max(1_000).default([]),
  })
  .transform(({ head_digest, details_url, run_id, annotations, ...rest }) => ({
    ...rest,
    headDigest: head_digest,
    detailsUrl: details_url,
    runId: run_id,
    annotations: annotations.map(({ annotation_level, ...one }) => ({ level: annotation_level, ...one })),
  }));
