import { expect, type Page } from "@playwright/test";
import { model, senderFor } from "./review-team.ts";

interface Step {
  readonly who: string;
  readonly path: string;
  readonly body: object;
  readonly method?: string;
  readonly status: number;
  /** What the refusal says. */
  readonly says: RegExp;
  /** How it stands in the audit log, after the name of who tried. */
  readonly entry: string;
}

interface Situation {
  /** Of dora's, with one approval of two. */
  readonly requestId: number;
  /** Another of hers, for the stage. */
  readonly stageRequestId: number;
  readonly headDigest: string;
  /** The head of an older candidate, which olga approved. */
  readonly staleDigest: string;
  /** Of olga's. */
  readonly commentId: number;
  readonly champion: string;
  readonly other: string;
}

/**
 * Tries each step that nobody may take: by its address in a signed-in browser of dora's, by procedure, and as MLflow's and
 * Databricks' clients do. Resolves with what the audit log has to say of them.
 */
export async function tryForbiddenSteps(
  dora: Page,
  url: string,
  situation: Situation,
): Promise<readonly string[]> {
  const check = (step: Step, { status, text }: { status: number; text: string }) => {
    expect(status, `${step.who} ${step.path}: ${text}`).toBe(step.status);
    expect(text, `${step.who} ${step.path}`).toMatch(step.says);
  };
  const inBrowser = byAddress(situation);
  for (const step of inBrowser)
    check(
      step,
      await dora.evaluate(
        async ({ path, body, token }) => {
          const headers = { "content-type": "application/json", ...(token && { authorization: token }) };
          const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
          return { status: answer.status, text: await answer.text() };
        },
        { ...step, says: undefined, token: step.who === "Nobody" ? "Bearer rwc_forged" : undefined },
      ),
    );
  const send = senderFor(url);
  const others = [...byProcedure(situation), ...byMlflow(situation)];
  for (const step of others) check(step, await send(step.who, step.path, step.body, step.method));
  return [...inBrowser, ...others].map(({ who, entry }) => `${who}: ${entry}`);
}

function byAddress({ requestId, headDigest }: Situation): readonly Step[] {
  const apply = { path: `/api/reviews/${requestId}/apply`, who: "dora" };
  const head = { head_digest: headDigest };
  const override = { ...head, override_reason: "Because I say so" };
  return [
    { ...apply, body: head, status: 412, says: /1 of 2 approvals/, entry: `apply #${requestId}` },
    { ...apply, body: override, status: 403, says: /does not let dora/, entry: `break glass #${requestId}` },
    {
      who: "Nobody",
      path: `/api/reviews/${requestId}/checks`,
      status: 401,
      says: /not known/,
      body: { ...head, name: "ci", conclusion: "success" },
      entry: "report a check without a token of ours token",
    },
  ];
}

function byProcedure(situation: Situation): readonly Step[] {
  const { requestId, headDigest, staleDigest, commentId } = situation;
  const of = `#${requestId}`;
  const step = (
    [who, procedure, input]: readonly [who: string, procedure: string, input: object],
    says: RegExp,
    entry: string,
    status = 403,
  ): Step => ({ who, path: `/trpc/review/${procedure}`, body: input, says, entry, status });
  const approve = { requestId, kind: "approve", headDigest };
  const replayed = { ...approve, headDigest: staleDigest };
  const rules = { document: "policies: []", baseRevision: 1 };
  return [
    step(["dora", "verdicts.give", approve], /opened a request does not approve it/, `approve ${of}`),
    step(["paul", "verdicts.give", approve], /it takes a member of risk-owners/, `approve ${of}`),
    step(["olga", "verdicts.give", replayed], /has changed since you looked at it/, `approve ${of}`, 409),
    step(["paul", "verdicts.reject", { requestId, reason: "No" }], /it takes a member/, `reject ${of}`),
    step(["paul", "requests.merge", { requestId, headDigest }], /1 of 2 approvals/, `apply ${of}`, 412),
    step(["paul", "requests.edit", { requestId, title: "Mine" }], /only dora and who manages/, `edit ${of}`),
    step(["paul", "requests.close", { requestId }], /only dora and who manages/, `close ${of}`),
    step(["dora", "comments.edit", { commentId, body: "Fine" }], /is olga's/, `edit a comment ${of}`),
    step(["dora", "policies.propose", rules], /that takes admin/, "change policies default"),
    step(
      ["dora", "checkTokens.create", { checkName: "ci" }],
      /that takes admin/,
      "create a check token default",
    ),
  ];
}

/** Dora made the model, so that she manages it: it is the policy that keeps her from moving its champion. */
function byMlflow(situation: Situation): readonly Step[] {
  const step = (
    [path, body, method = "POST"]: readonly [path: string, body: object, method?: string],
    says: RegExp,
    entry: string,
  ): Step => ({ who: "dora", path: `/api/2.0/mlflow/${path}`, body, method, status: 403, says, entry });
  const { requestId, stageRequestId, commentId, champion, other } = situation;
  const name = { name: model };
  const alias = { ...name, alias: "champion" };
  const stage = { ...name, version: other, stage: "Production" };
  const approve = { ...stage, archive_existing_versions: false };
  const open = /moves by a request only\. Open one at \S*\/reviews\/new\?model=fraud-gbm/;
  const ofChampion = "move without a request @champion";
  const ofStage = "move without a request Production";
  return [
    step(["registered-models/alias", { ...alias, version: other }], open, ofChampion),
    step(["registered-models/alias", alias, "DELETE"], open, ofChampion),
    step(["model-versions/delete", { ...name, version: champion }, "DELETE"], open, ofChampion),
    step(["registered-models/delete", name, "DELETE"], open, ofChampion),
    step(
      ["registered-models/rename", { ...name, new_name: "free" }],
      /cannot become 'free'/,
      "rename to free @champion",
    ),
    step(["model-versions/transition-stage", stage], open, ofStage),
    step(["databricks/model-versions/transition-stage", stage], open, ofStage),
    step(["transition-requests/approve", approve], /does not approve it/, `approve #${stageRequestId}`),
    {
      ...step(["transition-requests/approve", approve], /it takes a member/, `approve #${stageRequestId}`),
      who: "paul",
    },
    {
      ...step(
        ["comments/delete", { id: String(commentId) }, "DELETE"],
        /is olga's/,
        `delete a comment #${requestId}`,
      ),
      who: "paul",
    },
  ];
}
