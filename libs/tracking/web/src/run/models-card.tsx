"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { Badge, Card, CardHeader, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQueries } from "@tanstack/react-query";
import { tagValue } from "../mlflow-tags.ts";
import { modelTone } from "../model/model-tone.ts";
import { useTrackingApi } from "../tracking-api.ts";
import { modelsInHistory } from "./models-in-history.ts";

const modelsMax = 50;

/** Models a run made and models it was given; of older clients the ones listed in its tag. */
export function ModelsCard({ run }: { readonly run: WireRun }) {
  const api = useTrackingApi();
  const ids = [
    ...run.modelOutputs.map(({ modelId, step }) => ({ modelId, use: `out, step ${step}` })),
    ...run.modelInputs.map(({ modelId }) => ({ modelId, use: "in" })),
  ].slice(0, modelsMax);
  const models = useQueries({ queries: ids.map(({ modelId }) => api.models.get.queryOptions({ modelId })) });
  const older = modelsInHistory(tagValue(run.tags, "mlflow.log-model.history"));
  if (ids.length === 0 && older.length === 0) return null;
  return (
    <Card aria-label="Models">
      <CardHeader title="Models" count={ids.length + older.length} />
      <ul className="pb-1.5">
        {ids.map(({ modelId, use }, index) => {
          const model = models[index]?.data;
          return (
            <li
              key={`${use} ${modelId}`}
              className="flex min-h-8 items-center gap-2 border-t border-line px-3 text-sm"
            >
              {model === undefined ? (
                <Skeleton className="w-24" />
              ) : (
                <ZoneLink
                  href={`/logged-models/${modelId}`}
                  className="min-w-0 truncate rounded-sm font-medium hover:underline"
                >
                  {model.name}
                </ZoneLink>
              )}
              {model && <Badge tone={modelTone(model.status)}>{model.status.toLowerCase()}</Badge>}
              {model?.modelType && <span className="text-ink-3">{model.modelType}</span>}
              <span className="num ml-auto text-ink-3">{use}</span>
            </li>
          );
        })}
        {older.map(({ path, flavors }) => (
          <li key={path} className="flex min-h-8 items-center gap-2 border-t border-line px-3 text-sm">
            <ZoneLink
              href={`/runs/${run.info.runId}?tab=artifacts&path=${encodeURIComponent(`${path}/MLmodel`)}`}
              className="min-w-0 truncate rounded-sm font-medium hover:underline"
            >
              {path}
            </ZoneLink>
            <span className="ml-auto truncate text-ink-3">{flavors.join(", ")}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
