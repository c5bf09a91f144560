import { expect, test } from "vitest";
import { databricksEvents, eventsOfFormat } from "./event-names.ts";
import { exampleMessage } from "./example-event.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import { tellDatabricks } from "./tell-databricks.ts";
import { tellMlflow } from "./tell-mlflow.ts";

const at = { workspace: "default", time: 1_790_000_000_123, actor: { id: "u1", name: "ann" } };
const event = (more: Partial<RecordedEvent>): RecordedEvent => ({
  ...at,
  kind: "",
  model: "fraud",
  subject: {},
  ...more,
});

/** As `mlflow/webhooks/types.py` of MLflow 3.17 gives them. */
const examples: Readonly<Record<string, object>> = {
  "registered_model.created": {
    name: "example_model",
    tags: { example_key: "example_value" },
    description: "An example registered model",
  },
  "model_version.created": {
    name: "example_model",
    version: "1",
    source: "models:/123",
    run_id: "abcd1234abcd5678",
    tags: { example_key: "example_value" },
    description: "An example model version",
  },
  "model_version_tag.set": {
    name: "example_model",
    version: "1",
    key: "example_key",
    value: "example_value",
  },
  "model_version_tag.deleted": { name: "example_model", version: "1", key: "example_key" },
  "model_version_alias.created": { name: "example_model", alias: "example_alias", version: "1" },
  "model_version_alias.deleted": { name: "example_model", alias: "example_alias" },
  "prompt_version.created": {
    name: "example_model",
    version: "1",
    template: "Hello {{name}}!",
    tags: { example_key: "example_value" },
    description: "An example prompt version",
  },
  "prompt_tag.set": { name: "example_model", key: "example_key", value: "example_value" },
  "prompt_version_tag.deleted": { name: "example_model", version: "1", key: "example_key" },
  "prompt_alias.created": { name: "example_model", alias: "example_alias", version: "1" },
};

test.each(Object.entries(examples))("%s has MLflow's shape", (name, data) => {
  const [entity, action] = name.split(".");
  expect(exampleMessage({ format: "mlflow", webhookId: "w" }, name, at).body).toEqual({
    entity,
    action,
    timestamp: "2026-09-21T14:13:20.123000+00:00",
    data,
  });
});

test("every event can be tried", () => {
  for (const format of ["mlflow", "databricks"] as const)
    for (const name of eventsOfFormat[format])
      expect(exampleMessage({ format, webhookId: "w" }, name, at).event).toBe(name);
});

test("a move of an alias is told as MLflow does, and with who did it and what was there before", () => {
  const moved = event({
    kind: "model_alias.moved",
    subject: { alias: "champion" },
    before: { version: 2 },
    after: { version: 3 },
  });
  const [standard, own] = tellMlflow(moved);
  expect(standard?.event).toBe("model_version_alias.created");
  expect(standard?.body.data).toEqual({ name: "fraud", alias: "champion", version: "3" });
  expect(own).toMatchObject({
    event: "model_alias.moved",
    body: {
      entity: "model_alias",
      action: "moved",
      data: { name: "fraud", alias: "champion" },
      actor: at.actor,
      before: { version: 2 },
      after: { version: 3 },
    },
  });
  const [gone] = tellMlflow({ ...moved, after: undefined });
  expect(gone?.body).toMatchObject({ action: "deleted", data: { name: "fraud", alias: "champion" } });
});

test("other workspaces are named, and what nobody may hear of is not told", () => {
  const created = event({ kind: "registered_model.created", workspace: "other", after: { tags: [] } });
  expect(tellMlflow(created)[0]?.body.workspace).toBe("other");
  expect(tellMlflow(event({ kind: "something.else" }))).toEqual([]);
});

test("transitions and requests are told in Databricks' words, by stage too", () => {
  const transitioned = event({
    kind: "model_version.transitioned",
    subject: { version: "8" },
    before: { stage: "None" },
    after: { stage: "Production" },
  });
  const told = tellDatabricks(transitioned, "w1");
  expect(told.map((one) => one.event)).toEqual([
    "MODEL_VERSION_TRANSITIONED_STAGE",
    "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION",
  ]);
  expect(told[0]?.body).toEqual({
    event: "MODEL_VERSION_TRANSITIONED_STAGE",
    webhook_id: "w1",
    event_timestamp: at.time,
    model_name: "fraud",
    version: "8",
    to_stage: "Production",
    from_stage: "None",
    text: "ann transitioned version 8 of fraud from None to Production.",
  });
  const opened = event({
    kind: "review.opened",
    subject: {
      request: 1,
      moves: [
        { target: "@champion", to: 3 },
        { target: "Staging", from: null, to: 3 },
      ],
    },
  });
  expect(tellDatabricks(opened, "w1").map((one) => one.event)).toEqual([
    "TRANSITION_REQUEST_CREATED",
    "TRANSITION_REQUEST_TO_STAGING_CREATED",
  ]);
  expect(databricksEvents).toHaveLength(12);
});
