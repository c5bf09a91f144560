import { Badge, type Tone } from "@runweir/web-ui";
import type { RequestState } from "./review-api.ts";

const looks: Readonly<Record<RequestState, { readonly tone: Tone; readonly words: string }>> = {
  draft: { tone: "neutral", words: "Draft" },
  open: { tone: "warn", words: "Waiting for review" },
  approved: { tone: "ok", words: "Approved" },
  queued: { tone: "live", words: "Queued" },
  rolling_out: { tone: "live", words: "Rolling out" },
  applied: { tone: "ok", words: "Applied" },
  rejected: { tone: "bad", words: "Rejected" },
  closed: { tone: "neutral", words: "Closed" },
  rolled_back: { tone: "bad", words: "Rolled back" },
};

export function StateBadge({ state }: { readonly state: RequestState }) {
  const { tone, words } = looks[state];
  return <Badge tone={tone}>{words}</Badge>;
}
