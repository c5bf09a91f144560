import { DomainError } from "@runweir/errors";
import {
  type Caller,
  decide,
  type GuardRules,
  guardService,
  requirePermission,
} from "@runweir/identity-domain";
import type { Webhooks } from "../service/webhooks.ts";
import type { Webhook } from "../webhook.ts";

type WebhookNeed = { readonly of: string | null } | { readonly webhookId: string } | { readonly any: true };

const one = (webhookId: string): readonly WebhookNeed[] => [{ webhookId }];

/** Webhooks tell of everything that happens: who manages a model manages its own, and the workspace's admins all others. */
const rules: GuardRules<Webhooks, WebhookNeed> = {
  create: ({ model }) => [{ of: model ?? null }],
  get: one,
  list: ({ model }) => [model === undefined ? { any: true } : { of: model }],
  update: one,
  delete: one,
  test: one,
  listDeliveries: one,
  getDelivery: one,
  redeliver: one,
};

/** Webhooks as doors get them. */
export function guardWebhooks(webhooks: Webhooks): Webhooks {
  function requireOne(caller: Caller, model: string | null): void {
    if (model === null) requirePermission(caller, "workspace.manage");
    else requirePermission(caller, "model.manage", { kind: "model", name: model });
  }

  /** Which ids there are is told to those who manage all of them. */
  async function modelOf(caller: Caller, webhookId: string): Promise<string | null> {
    try {
      return (await webhooks.get(caller, webhookId)).model ?? null;
    } catch (error) {
      if (error instanceof DomainError && error.code === "not_found") return null;
      throw error;
    }
  }

  async function require(caller: Caller, needs: readonly WebhookNeed[]): Promise<void> {
    for (const need of needs) {
      if ("any" in need) requirePermission(caller, "model.read");
      else requireOne(caller, "of" in need ? need.of : await modelOf(caller, need.webhookId));
    }
  }

  const seen: Webhooks = {
    ...webhooks,
    /** A page may have fewer than were asked for: those that are not the caller's are left out. */
    async list(caller, asked) {
      const page = await webhooks.list(caller, asked);
      return { ...page, items: page.items.filter((webhook) => mayManage(caller, webhook)) };
    },
  };
  return guardService(seen, rules, require);
}

function mayManage(caller: Caller, { model }: Webhook): boolean {
  return model === undefined
    ? decide(caller, "workspace.manage").allowed
    : decide(caller, "model.manage", { kind: "model", name: model }).allowed;
}
