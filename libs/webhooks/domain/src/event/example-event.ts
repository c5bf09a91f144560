import type { Webhook } from "../webhook.ts";
import type { EventMessage, RecordedEvent } from "./recorded-event.ts";
import { tellDatabricks } from "./tell-databricks.ts";
import { message, tellMlflow } from "./tell-mlflow.ts";

const tags = [{ key: "example_key", value: "example_value" }];

/** What is sent to try a webhook: MLflow's own examples, and alike for what it does not have. */
export function exampleMessage(
  { format, webhookId, model = "example_model" }: Pick<Webhook, "format" | "webhookId" | "model">,
  event: string,
  at: { readonly workspace: string; readonly time: number; readonly actor: RecordedEvent["actor"] },
): EventMessage {
  const examples = exampleEvents(model, at);
  const told = examples.flatMap((one) =>
    format === "mlflow" ? tellMlflow(one) : tellDatabricks(one, webhookId),
  );
  return (
    told.find((one) => one.event === event) ??
    message(at, event, { name: model }, { actor: at.actor, before: null, after: null })
  );
}

function exampleEvents(
  model: string,
  at: Pick<RecordedEvent, "workspace" | "time" | "actor">,
): readonly RecordedEvent[] {
  const of = (kind: string, subject: RecordedEvent["subject"], after?: unknown, before?: unknown) => ({
    ...at,
    kind,
    model,
    subject,
    after,
    before,
  });
  const key = "example_key";
  const moves = ["Staging", "Production", "Archived"].map((target) => ({ target, from: null, to: 1 }));
  const request = { request: 1, title: "Promote version 1", moves };
  return [false, true].flatMap((prompt) => {
    const one = prompt ? { prompt } : {};
    const what = prompt ? "prompt" : "model";
    const text = prompt ? [{ key: "mlflow.prompt.text", value: "Hello {{name}}!" }] : [];
    return [
      of("registered_model.created", one, {
        tags,
        description: `An example ${prompt ? what : "registered model"}`,
      }),
      of(
        "model_version.created",
        { ...one, version: "1" },
        {
          source: "models:/123",
          runId: "abcd1234abcd5678",
          tags: [...tags, ...text],
          description: `An example ${what} version`,
        },
      ),
      of("registered_model_tag.set", { ...one, key }, "example_value"),
      of("registered_model_tag.deleted", { ...one, key }, undefined, "example_value"),
      of("model_version_tag.set", { ...one, version: "1", key }, "example_value"),
      of("model_version_tag.deleted", { ...one, version: "1", key }, undefined, "example_value"),
      of("model_alias.moved", { ...one, alias: "example_alias" }, { version: "1" }),
      of("model_alias.moved", { ...one, alias: "example_alias" }, undefined, { version: "1" }),
      ...["Staging", "Production", "Archived"].map((stage) =>
        of("model_version.transitioned", { version: "1" }, { stage }, { stage: "None" }),
      ),
      of("review.opened", request),
      of("review.commented", { ...request, text: "An example comment" }),
    ];
  });
}
