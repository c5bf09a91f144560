import { type MatrixObjects, type MatrixRow, type Rest, row } from "./matrix-row.ts";

/** Whose webhook it is, is tested with webhooks; here there is none of that id. */
export function webhookRows({ model }: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const one = (rest: Rest) => row("workspace.manage", { any: true, door: "model.manage", ...rest });
  const named = { params: { webhookId: "none" } };
  const events = ["MODEL_VERSION_CREATED"];
  return {
    "GET webhooks": row("model.read", { any: true }),
    "POST webhooks": row("workspace.manage", {
      any: true,
      door: "model.manage",
      body: {
        name: "hook",
        url: "https://hooks.invalid/x",
        events: [{ entity: "MODEL_VERSION", action: "CREATED" }],
      },
    }),
    "GET webhooks/:webhookId": one(named),
    "PATCH webhooks/:webhookId": one(named),
    "DELETE webhooks/:webhookId": one(named),
    "POST webhooks/:webhookId/test": one(named),
    "POST registry-webhooks/create": row("model.manage", {
      body: { events, model_name: model, http_url_spec: { url: "https://hooks.invalid/x" } },
    }),
    "GET registry-webhooks/list": row("model.read", { any: true }),
    "PATCH registry-webhooks/update": one({ body: { id: "none" } }),
    "DELETE registry-webhooks/delete": one({ body: { id: "none" } }),
    "POST registry-webhooks/test": one({ body: { id: "none" } }),
  };
}

/** And what belongs to each person. */
export function webhookProcedures({ model }: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const one = (rest: object = {}) =>
    row("workspace.manage", { any: true, door: "model.manage", body: { webhookId: "none", ...rest } });
  const draft = { name: "hook", url: "https://hooks.invalid/x", events: ["model_alias.moved"] };
  return {
    "notifications.preferences": row("account", { any: true }),
    "notifications.setPreferences": row("account", { any: true, body: "nothing" }),
    "webhooks.events": row("model.read", { any: true }),
    "webhooks.list": row("model.manage", { body: { model } }),
    "webhooks.get": one(),
    "webhooks.create": row("model.manage", { body: { ...draft, model } }),
    "webhooks.update": one({ name: "other" }),
    "webhooks.delete": one(),
    "webhooks.test": one(),
    "webhooks.listDeliveries": one(),
    "webhooks.getDelivery": one({ deliveryId: "none" }),
    "webhooks.redeliver": one({ deliveryId: "none" }),
  };
}
