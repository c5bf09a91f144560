import type { AppliedStretch } from "@runweir/ingest-domain";
import type { LagMetrics } from "./lag-metrics.ts";

/** What is recorded of one topic. */
export interface TopicMetrics<Entry, Outcome> extends LagMetrics {
  onApplied(stretch: AppliedStretch<Entry, Outcome>): void;
  onFenced(): void;
}
