import { type Caller, systemCaller } from "@runweir/identity-domain";
import { diffVersions, type VersionDiff } from "../diff/diff-versions.ts";
import type { VersionFacts } from "../facts/version-facts.ts";
import type { Policy } from "../policy/policy.ts";
import { ownersOf, policyOfAll } from "../policy/select-policy.ts";
import { digest, digestHead } from "../request/head-digest.ts";
import type { Move, Subject } from "../request/review-request.ts";
import type { FoundTarget, ReviewDependencies } from "./dependencies.ts";
import { policyOfChanges, readPolicies } from "./policy-reading.ts";

export interface ExaminedMove {
  readonly move: Move;
  readonly base: VersionFacts | undefined;
  readonly candidate: VersionFacts | undefined;
  readonly diff: VersionDiff;
}

/** Everything that a request is judged by, as it is now. */
export interface Examined {
  readonly policy: Policy;
  readonly revision: number;
  readonly owners: readonly string[];
  readonly headDigest: string;
  /** Of all that built-in checks look at. */
  readonly inputDigest: string;
  readonly moves: readonly ExaminedMove[];
  readonly found: readonly FoundTarget[];
}

/** The product looks for itself: what people may see of it is another question. */
export function asSystem(caller: Caller): Caller {
  return { ...systemCaller(caller.requestId), workspace: caller.workspace };
}

export async function examine(
  { store, targets, facts }: Pick<ReviewDependencies, "store" | "targets" | "facts">,
  caller: Caller,
  subject: Subject,
): Promise<Examined> {
  const { revision, document } = await readPolicies(store, caller.workspace);
  if (subject.kind === "policy") {
    const policy = policyOfChanges(document);
    const headDigest = digest([subject.document, subject.baseRevision, policy]);
    return {
      policy,
      revision: revision.revision,
      owners: [],
      headDigest,
      inputDigest: headDigest,
      moves: [],
      found: [],
    };
  }
  const { model } = subject;
  const wanted = subject.moves.map(({ target }) => target);
  const found = await targets.find(caller.workspace, model, wanted);
  const policy = policyOfAll(document, model, wanted);
  const system = asSystem(caller);
  const read = new Map<number, Promise<VersionFacts>>();
  const factsOf = (version: number | undefined) => {
    if (version === undefined) return undefined;
    const known = read.get(version) ?? facts.read(system, model, version);
    read.set(version, known);
    return known;
  };
  const moves: ExaminedMove[] = [];
  for (const move of subject.moves) {
    const candidate = await factsOf(move.to);
    // A base that was deleted meanwhile has nothing to compare with any more.
    const base = await factsOf(move.from)?.catch(() => undefined);
    const { directions } = policy.metrics;
    moves.push({ move, base, candidate, diff: diffVersions(base, candidate, { directions }) });
  }
  const owners = ownersOf(document, model, moves);
  const headDigest = digestHead({
    moves: subject.moves,
    sources: moves.map(({ candidate }) => `${candidate?.source ?? ""} ${candidate?.runId ?? ""}`),
    evaluationRunIds: moves.flatMap(({ candidate }) => candidate?.evaluationRunIds ?? []),
    policy: digest([policy, owners]),
  });
  const inputDigest = digest([headDigest, moves.map(({ base, candidate }) => [base, candidate])]);
  return { policy, revision: revision.revision, owners, headDigest, inputDigest, moves, found };
}
