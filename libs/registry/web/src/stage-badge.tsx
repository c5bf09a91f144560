import { Badge, type Tone } from "@runweir/web-ui";

const tones: Readonly<Record<string, Tone>> = { Production: "ok", Staging: "warn" };

/** A version's stage; custom ones and None are neutral. */
export function StageBadge({ stage, version }: { readonly stage: string; readonly version?: number }) {
  return (
    <Badge tone={tones[stage] ?? "neutral"} className={stage === "Archived" ? "text-ink-3" : ""}>
      {stage}
      {version !== undefined && <span className="num text-xs">{version}</span>}
    </Badge>
  );
}
