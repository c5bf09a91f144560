import type { Grant } from "@runweir/identity-domain";
import { Badge } from "@runweir/web-ui";

/** What a grant says: "allow edit". */
export function GrantBadge({
  grant: { effect, level },
}: {
  readonly grant: Pick<Grant, "effect" | "level">;
}) {
  return (
    <Badge tone={effect === "deny" ? "bad" : "neutral"}>
      {effect} {level}
    </Badge>
  );
}
