import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { composeRequest } from "./compose-request.ts";
import type { SendResult } from "./delivery.ts";
import { judgeAttempt } from "./next-attempt.ts";
import { routeEvent } from "./route-event.ts";

const answered = (status: number, retryAfterMs?: number): SendResult => ({
  outcome: "answered",
  status,
  response: "",
  retryAfterMs,
});
const judge = (result: SendResult, attempts = 1, random = 0.5) =>
  judgeAttempt(result, { attempts, now: 1_000_000, random: () => random });

test("what was taken is delivered, what was refused on purpose is given up", () => {
  for (const status of [200, 202, 204]) expect(judge(answered(status))).toEqual({ state: "delivered" });
  for (const status of [301, 302, 400, 401, 404, 410])
    expect(judge(answered(status))).toEqual({ state: "failed" });
  expect(judge({ outcome: "forbidden", message: "" })).toEqual({ state: "failed" });
});

test("what may pass is tried again, later and later, and at last given up", () => {
  let last = 0;
  for (let attempts = 1; attempts <= 7; attempts++)
    for (const result of [answered(500), answered(429), { outcome: "unreachable", message: "" } as const]) {
      const verdict = judge(result, attempts);
      expect(verdict.state).toBe("waiting");
      const pause = (verdict as { nextTime: number }).nextTime - 1_000_000;
      expect(pause).toBeGreaterThanOrEqual(last);
      last = pause;
    }
  expect(judge(answered(500), 8)).toEqual({ state: "failed" });
});

test("pauses differ, and who asks for a longer one gets it within reason", () => {
  const pause = (random: number, retryAfterMs?: number) =>
    (judge(answered(503, retryAfterMs), 1, random) as { nextTime: number }).nextTime - 1_000_000;
  expect([pause(0), pause(1)]).toEqual([4_000, 6_000]);
  expect(pause(0, 60_000)).toBe(60_000);
  expect(pause(0, 1e12)).toBe(6 * 3_600_000);
});

const delivery = { deliveryId: "d-1", body: '{"a":"ü"}' };
const webhook = { url: "https://hooks.example.org/x", verifiesTls: true };

test("MLflow's verification takes the signature", () => {
  const { headers } = composeRequest(
    { ...webhook, format: "mlflow" },
    delivery,
    { secret: "s3cret" },
    1_790_000_000_999,
  );
  // As MLflow's documentation has receivers do it.
  const signed = `${headers["X-MLflow-Delivery-Id"]}.${headers["X-MLflow-Timestamp"]}.${delivery.body}`;
  expect(headers["X-MLflow-Timestamp"]).toBe("1790000000");
  expect(headers["X-MLflow-Signature"]).toBe(
    `v1,${createHmac("sha256", "s3cret").update(signed, "utf8").digest("base64")}`,
  );
  expect(composeRequest({ ...webhook, format: "mlflow" }, delivery, {}, 0).headers).not.toHaveProperty(
    "X-MLflow-Signature",
  );
});

test("Databricks' signature is of the body, and the authorization goes along", () => {
  const { headers } = composeRequest(
    { ...webhook, format: "databricks" },
    delivery,
    { secret: "s3cret", authorization: "Bearer x" },
    0,
  );
  expect(headers.Authorization).toBe("Bearer x");
  expect(headers["X-Databricks-Signature"]).toBe(
    createHmac("sha256", "s3cret").update(delivery.body).digest("hex"),
  );
});

test("a webhook hears of its model and its events, and of nothing else", () => {
  const event = {
    workspace: "default",
    time: 0,
    kind: "model_alias.moved",
    actor: { id: "a", name: "a" },
    model: "fraud",
    subject: { alias: "champion" },
    after: { version: "1" },
  };
  const route = (model: string | undefined, events: readonly string[]) =>
    routeEvent(event, { webhookId: "w", format: "mlflow", events, model }).map((one) => one.event);
  const all = ["model_version_alias.created", "model_alias.moved", "model_version.created"];
  expect(route(undefined, all)).toEqual(["model_version_alias.created", "model_alias.moved"]);
  expect(route("fraud", ["model_alias.moved"])).toEqual(["model_alias.moved"]);
  expect(route("churn", all)).toEqual([]);
});
