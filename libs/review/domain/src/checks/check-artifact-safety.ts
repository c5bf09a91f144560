import { riskOfFile } from "../diff/diff-artifacts.ts";
import { anchorOf } from "../diff/diff-row.ts";
import { isAllowedImport } from "./allowed-imports.ts";
import type { CheckContext } from "./check-context.ts";
import type { CheckAnnotation, CheckOutcome } from "./check-run.ts";
import { findPickles } from "./find-pickles.ts";
import { walkPickle } from "./walk-pickle.ts";

const bytesMax = 64 * 1024 * 1024;
const picklePattern = /\.(pkl|pickle|joblib|dill|cloudpickle|pt|pth|ckpt)$|(^|\/)pytorch_model[^/]*\.bin$/i;

/** No pickle of the candidate imports what is not allowed. Of what cannot be looked into nobody says that it is safe. */
export async function checkArtifactSafety(context: CheckContext): Promise<CheckOutcome> {
  const { candidate, policy } = context;
  const annotations: CheckAnnotation[] = [];
  const note = (level: CheckAnnotation["level"], path: string, message: string) =>
    annotations.push({ level, message: `${path}: ${message}`, anchor: anchorOf("artifacts", path) });
  if (candidate.filesCut)
    annotations.push({
      level: "failure",
      message: `The candidate has more than ${candidate.files.length} files, and not all were looked at.`,
    });
  let looked = 0;
  for (const { path, bytes } of candidate.files) {
    if (!picklePattern.test(path)) {
      const risk = riskOfFile(path);
      if (risk !== undefined) note("warning", path, risk);
      continue;
    }
    looked += 1;
    if (bytes > bytesMax) {
      note("failure", path, `has ${bytes} bytes; at most ${bytesMax} can be looked into`);
      continue;
    }
    const { bytes: content } = await context.readFile(path, bytesMax);
    for (const problem of problemsOf(content, policy.artifact_safety.allow)) note("failure", path, problem);
  }
  const failures = annotations.filter(({ level }) => level === "failure").length;
  if (failures > 0)
    return {
      conclusion: "failure",
      summary: `${failures} finding${failures === 1 ? "" : "s"} in ${looked} pickled file${looked === 1 ? "" : "s"}.`,
      annotations,
    };
  return {
    conclusion: "success",
    summary:
      looked === 0
        ? `None of ${candidate.files.length} files is a pickle.`
        : `${looked} pickled file${looked === 1 ? "" : "s"} import nothing that is not allowed.`,
    annotations,
  };
}

function problemsOf(content: Uint8Array, allowed: readonly string[]): readonly string[] {
  const found = findPickles(content);
  if ("trouble" in found) return [found.trouble];
  return found.pickles.flatMap((pickle) => {
    const problems = new Set<string>();
    let at = 0;
    // A file may hold several, one after the other.
    while (at < pickle.length) {
      const { globals, trouble, end } = walkPickle(pickle, at);
      for (const { module, name } of globals)
        if (!isAllowedImport(module, name, allowed)) problems.add(`imports ${module}.${name}`);
      if (trouble !== undefined) {
        problems.add(`cannot be followed to its end: ${trouble}`);
        break;
      }
      at = end;
    }
    return [...problems];
  });
}
