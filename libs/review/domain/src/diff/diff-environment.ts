import type { CodeFact, EnvironmentFact } from "../facts/version-facts.ts";
import { type DiffRow, namesOf, rowOf } from "./diff-row.ts";

export function diffEnvironment(
  before: EnvironmentFact | undefined,
  after: EnvironmentFact | undefined,
): readonly DiffRow[] {
  const [left, right] = [before?.packages ?? {}, after?.packages ?? {}];
  return [
    ...known("python", before?.python, after?.python),
    ...known("image", before?.image, after?.image),
    ...namesOf(left, right).map((name) =>
      rowOf("environment", `package.${name}`, left[name], right[name], name),
    ),
  ];
}

function known(name: string, before: string | undefined, after: string | undefined): readonly DiffRow[] {
  return before === undefined && after === undefined ? [] : [rowOf("environment", name, before, after)];
}

export function diffCode(before: CodeFact | undefined, after: CodeFact | undefined): readonly DiffRow[] {
  const rows = [
    rowOf("code", "repository", before?.repository, after?.repository),
    rowOf("code", "branch", before?.branch, after?.branch),
    rowOf("code", "commit", before?.commit, after?.commit),
    rowOf("code", "changes", printDirty(before), printDirty(after), "uncommitted changes"),
    rowOf("code", "entry_point", before?.entryPoint, after?.entryPoint, "entry point"),
  ];
  return rows.filter((row) => row.before !== undefined || row.after !== undefined);
}

function printDirty(code: CodeFact | undefined): string | undefined {
  if (code?.isDirty === undefined) return undefined;
  return code.isDirty ? "yes" : "none";
}
