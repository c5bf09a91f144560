import { targetWords } from "@runweir/registry-web/target";
import type { Request } from "./review-api.ts";

export type Move = Extract<Request["subject"], { kind: "moves" }>["moves"][number];

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
