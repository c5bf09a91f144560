import { procedure, router } from "@runweir/trpc";
import { deliveryStates, eventsOfFormat, type Webhooks } from "@runweir/webhooks-domain";
import { z } from "zod";

const id = z.string().min(1).max(100);
const one = { webhookId: id };
const page = { limit: z.int().min(1).max(200).default(50), pageToken: z.string().max(4_000).optional() };
const text = z.string().max(4_000);
const draft = {
  name: text,
  url: text,
  events: z.array(z.string().max(100)).max(200),
  description: text.optional(),
  secret: text.optional(),
  status: z.enum(["active", "disabled"]).optional(),
};

/** Webhooks for pages, mounted at `/trpc/webhooks`: those of a model, or of the whole workspace, and what became of what was sent. */
export function createWebhooksRouter(webhooks: Webhooks) {
  return router({
    /** All that webhooks made here may be subscribed to. */
    events: procedure("model.read").query(() => eventsOfFormat.mlflow),
    list: procedure("model.manage")
      .input(z.strictObject({ model: z.string().max(256).nullable(), ...page }))
      .query(({ ctx, input }) => webhooks.list(ctx.caller, input)),
    get: procedure("model.manage")
      .input(z.strictObject(one))
      .query(({ ctx, input }) => webhooks.get(ctx.caller, input.webhookId)),
    create: procedure("model.manage")
      .input(z.strictObject({ ...draft, model: z.string().max(256).optional() }))
      .mutation(({ ctx, input }) => webhooks.create(ctx.caller, input)),
    update: procedure("model.manage")
      .input(z.strictObject({ ...one, ...z.object(draft).partial().shape }))
      .mutation(({ ctx, input: { webhookId, ...changes } }) =>
        webhooks.update(ctx.caller, webhookId, changes),
      ),
    delete: procedure("model.manage")
      .input(z.strictObject(one))
      .mutation(({ ctx, input }) => webhooks.delete(ctx.caller, input.webhookId)),
    test: procedure("model.manage")
      .input(z.strictObject({ ...one, event: z.string().max(100).optional() }))
      .mutation(({ ctx, input }) => webhooks.test(ctx.caller, input.webhookId, input.event)),
    listDeliveries: procedure("model.manage")
      .input(z.strictObject({ ...one, ...page, state: z.enum(deliveryStates).optional() }))
      .query(({ ctx, input: { webhookId, ...asked } }) =>
        webhooks.listDeliveries(ctx.caller, webhookId, asked),
      ),
    getDelivery: procedure("model.manage")
      .input(z.strictObject({ ...one, deliveryId: id }))
      .query(({ ctx, input }) => webhooks.getDelivery(ctx.caller, input.webhookId, input.deliveryId)),
    redeliver: procedure("model.manage")
      .input(z.strictObject({ ...one, deliveryId: id }))
      .mutation(({ ctx, input }) => webhooks.redeliver(ctx.caller, input.webhookId, input.deliveryId)),
  });
}

export type WebhooksApi = ReturnType<typeof createWebhooksRouter>;
