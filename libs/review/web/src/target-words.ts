import type { Request } from "./review-api.ts";

export type Move = Extract<Request["subject"], { kind: "moves" }>["moves"][number];

/** Aliases as people write them, stages by their names: `@champion`, `Production`. */
export function targetWords(target: Move["target"]): string {
  return target.kind === "alias" ? `@${target.alias}` : target.stage;
}

export function versionWords(version: number | undefined): string {
  return version === undefined ? "nothing" : `version ${version}`;
}

/** What an application does: "@champion moves from version 37 to version 41". */
export function moveWords({ target, from, to }: Move): string {
  return `${targetWords(target)} moves from ${versionWords(from)} to ${versionWords(to)}`;
}

export function modelOf({ subject }: Pick<Request, "subject">): string | undefined {
  return subject.kind === "moves" ? subject.model : undefined;
}
