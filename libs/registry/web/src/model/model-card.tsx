"use client";

import type { RegisteredModel } from "@runweir/registry-trpc";
import { useTrackingClient } from "@runweir/tracking-web";
import { Card, CardHeader, Markdown, Skeleton } from "@runweir/web-ui";
import { useQueries } from "@tanstack/react-query";
import { useRegistryClient } from "../registry-api.ts";
import { embeddedAliases, fillEmbeds } from "./metric-embeds.ts";

/** A card asks for metrics of at most this many versions. */
const aliasesMax = 5;

/** What the model is for, in its makers' words, with the numbers of now where they name a metric. */
export function ModelCard({ model }: { readonly model: RegisteredModel | undefined }) {
  const card = model?.description?.trim() ?? "";
  const readValue = useEmbeddedMetrics(model, card);
  return (
    <Card aria-label="Model card">
      <CardHeader title="Model card" />
      {model === undefined ? (
        <div className="flex flex-col gap-3 px-3 pb-4">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      ) : card === "" ? (
        <p className="px-3 pb-3 text-sm text-ink-3">
          No card yet. “Edit card” in the menu above writes one, in Markdown: what the model is for, what it
          was trained on, where it fails. <code>{"{{auc @champion}}"}</code> stands for that metric of that
          version.
        </p>
      ) : (
        <Markdown text={fillEmbeds(card, readValue)} className="px-3 pb-3" />
      )}
    </Card>
  );
}

function useEmbeddedMetrics(model: RegisteredModel | undefined, card: string) {
  const registry = useRegistryClient();
  const tracking = useTrackingClient();
  const aliases = embeddedAliases(card).slice(0, aliasesMax);
  const name = model?.name ?? "";
  const answers = useQueries({
    queries: aliases.map((alias) => ({
      queryKey: ["registry", "embedded metrics", name, alias ?? null, model?.lastUpdateTime, model?.aliases],
      enabled: model !== undefined,
      retry: false,
      queryFn: async () => {
        // The registry's own name for the greatest version.
        const { runId, modelId } = await registry.aliases.get.query({ name, alias: alias ?? "latest" });
        const ofModel = modelId === undefined ? [] : (await tracking.models.get.query({ modelId })).metrics;
        if (ofModel.length > 0 || runId === undefined)
          return ofModel.map(({ key, value }) => ({ key, value }));
        return (await tracking.runs.get.query({ runId })).metrics.map(({ key, value }) => ({ key, value }));
      },
    })),
  });
  return (key: string, alias: string | undefined) => {
    const answer = answers[aliases.indexOf(alias)];
    if (answer?.isPending) return "loading" as const;
    return answer?.data?.find((metric) => metric.key === key)?.value;
  };
}
