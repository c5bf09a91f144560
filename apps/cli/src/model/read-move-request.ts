import { readTarget } from "@runweir/registry-domain";
import { refused } from "../refused.ts";
import { readWhich } from "./bulk-move.ts";

/** Which models, what of each, where to, and why; everything moves only where that was said in words. */
export function readMoveRequest(values: {
  readonly to?: string | undefined;
  readonly version: string;
  readonly reason?: string | undefined;
  readonly all: boolean;
  readonly filter?: string | undefined;
  readonly text?: string | undefined;
  readonly alias?: string | undefined;
  readonly stage?: string | undefined;
  readonly owner?: string | undefined;
}) {
  const { to, version, reason, all, filter, text, alias, stage, owner } = values;
  const models = { filter, text, alias: alias?.replace(/^@/, ""), stage, owner };
  if (to === undefined) throw refused("--to", "nothing", "an alias like @champion, or a stage");
  if (!reason) throw refused("--reason", "nothing", "why they move, for the history of each");
  const isNarrowed = Object.values(models).some((value) => value !== undefined);
  if (isNarrowed === all)
    throw refused(
      "model move",
      all ? "--all and what narrows it" : "no models",
      "--filter, --text, --alias, --stage or --owner, or --all alone",
    );
  return { models, target: readTarget(to), version: readWhich(version), reason };
}
