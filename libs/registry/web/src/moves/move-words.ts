import type { BulkRequest, BulkState } from "@runweir/registry-trpc";
import { formatCount, type Tone } from "@runweir/web-ui";

/** What a bulk move does, in a line: "@champion to the latest version". */
export function describeMove({ target, version }: BulkRequest): string {
  if (target.kind === "alias")
    return version.kind === "none"
      ? `Take off @${target.alias}`
      : `@${target.alias} to ${describeVersion(version)}`;
  const which = describeVersion(version);
  return `${which[0]?.toUpperCase()}${which.slice(1)} to ${target.stage}`;
}

function describeVersion(version: BulkRequest["version"]): string {
  if (version.kind === "alias") return `the version of @${version.alias}`;
  if (version.kind === "stage") return `the newest version in ${version.stage}`;
  return "the latest version";
}

/** Of which models: "Models named like “fraud”, with @champion". The owner goes by an id, and is named apart. */
export function describeModels({ text, filter, alias, stage }: BulkRequest["models"]): string {
  const parts = [
    ...(text === undefined ? [] : [`named like “${text}”`]),
    ...(filter === undefined ? [] : [`where ${filter}`]),
    ...(alias === undefined ? [] : [`with @${alias}`]),
    ...(stage === undefined ? [] : [`with a version in ${stage}`]),
  ];
  return parts.length === 0 ? "All models" : `Models ${parts.join(", ")}`;
}

export const stateTones: Readonly<Record<BulkState, Tone>> = {
  planned: "accent",
  applying: "live",
  "apply paused": "warn",
  applied: "ok",
  undoing: "live",
  "undo paused": "warn",
  undone: "neutral",
};

export function countModels(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "model" : "models"}`;
}
