import { createHash } from "node:crypto";
import { DomainError } from "@runweir/errors";
import { type Caller, matchesPattern, systemCaller } from "@runweir/identity-domain";
import { builtInChecks, isBuiltIn, runCheck } from "../checks/built-in-checks.ts";
import { type CheckOutcome, type CheckRun, mergeOutcomes } from "../checks/check-run.ts";
import type { ReviewRequest } from "../request/review-request.ts";
import { hasEnded } from "../request/transition-table.ts";
import { requireText, textLimits } from "./check-text.ts";
import type { ReviewDependencies } from "./dependencies.ts";
import { asSystem, type Examined, examine } from "./examine.ts";
import { lockRequest, modelOf, requestNotFound, requireRequest } from "./find-request.ts";
import { record } from "./record.ts";
import type { CheckReport, Reviews } from "./reviews.ts";
import { saveSettled } from "./settle.ts";

type Methods = Pick<
  Reviews,
  "runChecks" | "reportCheck" | "createCheckToken" | "listCheckTokens" | "revokeCheckToken"
>;

const annotationsMax = 1_000;

export function checkService(dependencies: ReviewDependencies): Methods {
  const { store, transactions, clock, newId, newToken } = dependencies;
  return {
    async runChecks(caller, requestId) {
      const seen = await requireRequest(store, caller.workspace, requestId);
      const { request, examined } = await refreshHead(dependencies, caller, seen);
      await runBuiltInChecks(dependencies, caller, request, examined);
      return store.listChecks(requestId);
    },

    async reportCheck(token, requestId, report) {
      const known = await store.findToken(hashOf(token));
      if (known === undefined || known.revokedTime !== undefined)
        throw new DomainError(
          "unauthenticated",
          "This token reports no check: it is not known, or was revoked.",
        );
      const { workspace, checkName } = known;
      if (report.name !== checkName)
        throw new DomainError(
          "permission_denied",
          `Permission denied: this token reports check '${checkName}' and no other; found '${report.name}'.`,
          { field: "name" },
        );
      const request = await store.findRequest(workspace, requestId);
      const model = request && (modelOf(request) ?? "");
      // Of requests that the token is not for, it does not learn.
      if (!request || model === undefined || !matchesPattern(known.model, model))
        throw requestNotFound(requestId);
      const check = requireReport(report);
      return transactions.run(async (transaction) => {
        const now = clock.now();
        const locked = await lockRequest(transaction.reviews, workspace, requestId);
        if (hasEnded(locked.state))
          throw new DomainError("failed_precondition", `Request ${requestId} is ${locked.state}.`, {
            field: "state",
          });
        if (check.headDigest !== locked.headDigest)
          throw new DomainError(
            "conflict",
            `Request ${requestId} has another head now: ${locked.headDigest}. What was found of ${check.headDigest} is not about it.`,
            { field: "head_digest", reason: "head" },
          );
        const before = (await transaction.reviews.listChecks(requestId)).find(
          ({ name }) => name === checkName,
        );
        const isRunning = check.status !== "completed";
        const run: CheckRun = {
          ...check,
          source: "external",
          startedTime: before?.headDigest === check.headDigest ? (before.startedTime ?? now) : now,
          completedTime: isRunning ? undefined : now,
          inputDigest: undefined,
          reportedBy: `token of ${known.createdBy}`,
        };
        await transaction.reviews.putCheck(requestId, run);
        if (!isRunning) {
          const actor = { ...systemCaller(`check-${known.tokenId}`), workspace };
          await record(transaction, actor, locked, "check_completed", {
            now,
            detail: { check: checkName, conclusion: check.conclusion ?? null },
          });
        }
        return run;
      });
    },

    async createCheckToken(caller, { checkName, model = "*" }) {
      requireText("checkName", checkName, { min: 1, max: textLimits.name });
      requireText("model", model, { min: 1, max: textLimits.name });
      if (isBuiltIn(checkName))
        throw new DomainError(
          "invalid_argument",
          `checkName: '${checkName}' is a check of our own (${builtInChecks.join(", ")}), which nobody else reports.`,
          { field: "checkName" },
        );
      const token = `rwc_${newToken()}`;
      const checkToken = {
        tokenId: newId(),
        checkName,
        model,
        createdBy: caller.principal.name,
        creationTime: clock.now(),
        revokedTime: undefined,
      };
      await transactions.run(async ({ reviews, audit }) => {
        await reviews.insertToken(caller.workspace, checkToken, hashOf(token));
        audit(caller, {
          action: "check-token.create",
          object: { id: checkToken.tokenId, name: checkName },
          after: { checkName, model },
        });
      });
      return { token, checkToken };
    },

    listCheckTokens: (caller) => store.listTokens(caller.workspace),

    revokeCheckToken: (caller, tokenId) =>
      transactions.run(async ({ reviews, audit }) => {
        const revoked = await reviews.revokeToken(caller.workspace, tokenId, clock.now());
        if (!revoked)
          throw new DomainError("not_found", `There is no token '${tokenId}'.`, { field: "tokenId" });
        audit(caller, {
          action: "check-token.revoke",
          object: { id: tokenId, name: revoked.checkName },
          before: { checkName: revoked.checkName, model: revoked.model },
        });
      }),
  };
}

/** Looks again at what a request is about; when its head is another now, that is written down, and approvals go stale. */
export async function refreshHead(
  dependencies: ReviewDependencies,
  caller: Caller,
  seen: ReviewRequest,
): Promise<{ readonly request: ReviewRequest; readonly examined: Examined }> {
  const examined = await examine(dependencies, caller, seen.subject);
  if (examined.headDigest === seen.headDigest || hasEnded(seen.state)) return { request: seen, examined };
  const request = await dependencies.transactions.run(async (transaction) => {
    const now = dependencies.clock.now();
    const locked = await lockRequest(transaction.reviews, caller.workspace, seen.requestId);
    if (locked.headDigest !== seen.headDigest) return locked;
    const settled = await saveSettled(transaction, caller.workspace, locked, examined, now);
    await record(transaction, asSystem(caller), settled, "policy_changed", {
      now,
      before: { head: seen.headDigest },
      after: { head: settled.headDigest },
    });
    return settled;
  });
  return { request, examined };
}

/** Runs those built-in checks that have not looked at exactly this yet. */
export async function runBuiltInChecks(
  { store, transactions, facts, clock }: ReviewDependencies,
  caller: Caller,
  request: ReviewRequest,
  examined: Examined,
): Promise<void> {
  if (request.subject.kind !== "moves" || hasEnded(request.state)) return;
  const known = await store.listChecks(request.requestId);
  const due = builtInChecks.filter(
    (name) => !known.some((run) => run.name === name && run.inputDigest === examined.inputDigest),
  );
  if (due.length === 0) return;
  const { model } = request.subject;
  const system = asSystem(caller);
  const runs: CheckRun[] = [];
  for (const name of due) {
    const startedTime = clock.now();
    const outcomes: CheckOutcome[] = [];
    for (const { move, base, candidate, diff } of examined.moves) {
      if (!candidate || move.to === undefined) {
        outcomes.push({ conclusion: "skipped", summary: "There is no candidate to check.", annotations: [] });
        continue;
      }
      const version = move.to;
      const readFile = (path: string, bytesMax: number) =>
        facts.readFile(system, model, version, path, bytesMax);
      const context = { base, candidate, diff, policy: examined.policy, readFile };
      outcomes.push(await runCheck(name, context).catch(failedToRun));
    }
    const outcome = mergeOutcomes(outcomes);
    runs.push({
      ...outcome,
      name,
      source: "built-in",
      isRequired: examined.policy.checks.includes(name),
      status: "completed",
      title: undefined,
      detailsUrl: undefined,
      startedTime,
      completedTime: clock.now(),
      runId: undefined,
      reportedBy: "Runweir",
      annotations: outcome.annotations.slice(0, annotationsMax),
      headDigest: examined.headDigest,
      inputDigest: examined.inputDigest,
    });
  }
  await transactions.run(async (transaction) => {
    const now = clock.now();
    // Whoever pushed meanwhile has had the newer one looked at.
    const locked = await lockRequest(transaction.reviews, caller.workspace, request.requestId);
    if (locked.headDigest !== examined.headDigest) return;
    for (const run of runs) await transaction.reviews.putCheck(request.requestId, run);
    const failed = runs.filter(({ conclusion }) => conclusion === "failure").map(({ name }) => name);
    await record(transaction, system, locked, "check_completed", {
      now,
      detail: { checks: runs.map(({ name }) => name), failed },
    });
  });
}

/** A check that cannot look is no check that passed. */
function failedToRun(error: unknown): CheckOutcome {
  const message = error instanceof DomainError ? error.message : "it broke";
  return { conclusion: "failure", summary: `The check could not look: ${message}`, annotations: [] };
}

function requireReport(report: CheckReport) {
  const { annotations = [] } = report;
  if (annotations.length > annotationsMax)
    throw new DomainError(
      "invalid_argument",
      `annotations has ${annotations.length} entries; at most ${annotationsMax} are allowed.`,
      { field: "annotations" },
    );
  if ((report.status === "completed") !== (report.conclusion !== undefined))
    throw new DomainError(
      "invalid_argument",
      `conclusion: a check has one exactly when it is completed; found status ${report.status} ${report.conclusion === undefined ? "without" : "with"} it.`,
      { field: "conclusion" },
    );
  const { detailsUrl } = report;
  if (detailsUrl !== undefined && !/^https?:\/\/\S+$/i.test(detailsUrl))
    throw new DomainError("invalid_argument", "details_url: expected an http or https address.", {
      field: "details_url",
    });
  return {
    name: report.name,
    status: report.status,
    conclusion: report.conclusion,
    title:
      report.title === undefined ? undefined : requireText("title", report.title, { max: textLimits.title }),
    summary: requireText("summary", report.summary ?? "", { max: textLimits.body }),
    annotations: annotations.map((one) => ({
      ...one,
      message: requireText("annotations", one.message, { max: textLimits.body }),
    })),
    detailsUrl:
      detailsUrl === undefined ? undefined : requireText("details_url", detailsUrl, { max: textLimits.url }),
    runId:
      report.runId === undefined ? undefined : requireText("run_id", report.runId, { max: textLimits.name }),
    headDigest: report.headDigest,
  };
}

export function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
