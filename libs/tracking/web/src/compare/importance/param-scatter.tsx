"use client";

import { type ChartColors, Figure } from "@runweir/web-charts";
import { describeError } from "@runweir/web-trpc-client";
import { Card, CardFooter, CardHeader, ErrorState, formatCount, Skeleton, Switch } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTrackingApi } from "../../tracking-api.ts";
import type { RunSet } from "../use-run-set.ts";
import { buildScatter } from "./build-scatter.ts";
import { scatterData } from "./scatter-data.ts";

/** Runs that are drawn as points; of more those that started last. */
const pointsMax = 20_000;

/** One param against the target: points for numbers, strips with medians and quartiles for names. */
export function ParamScatter({
  set,
  param,
  target,
}: {
  readonly set: RunSet;
  readonly param: string;
  readonly target: { readonly key: string; readonly aggregate: "last" | "min" | "max" };
}) {
  const api = useTrackingApi();
  const [log, setLog] = useState(false);
  const query = useQuery(
    api.analyses.table.queryOptions({
      ...set,
      columns: [
        { entity: "param", key: param },
        { entity: "metric", ...target },
      ],
      limit: pointsMax,
    }),
  );
  const data = useMemo(
    () => query.data && scatterData(query.data.columns[0] ?? [], query.data.columns[1] ?? []),
    [query.data],
  );
  const names = useMemo(() => ({ param, target: target.key, log }), [param, target.key, log]);
  const build = useCallback(
    (colors: ChartColors) => (data ? buildScatter(data, names, colors) : {}),
    [data, names],
  );
  const title = `${target.key} by ${param}`;
  const drawn =
    data?.kind === "number"
      ? data.points.filter(([x]) => !log || x > 0).length
      : data?.categories.reduce((sum, { values }) => sum + values.length, 0);
  const canLog = data?.kind === "number" && data.points.some(([x]) => x > 0);
  return (
    <Card aria-label={title} className="flex flex-col">
      <CardHeader title={<span title={title}>{title}</span>}>
        {canLog && (
          <Switch
            label="log x"
            checked={log}
            onCheckedChange={setLog}
            className="shrink-0 whitespace-nowrap"
          />
        )}
      </CardHeader>
      <div className="h-72 px-1">
        {query.isError ? (
          <ErrorState compact problem={describeError(query.error)} onRetry={() => void query.refetch()} />
        ) : data === undefined ? (
          <Skeleton className="m-3 h-60" />
        ) : drawn === 0 ? (
          <p className="grid h-full place-items-center text-sm text-ink-3">No run has both values.</p>
        ) : (
          <Figure label={title} build={build} className="h-full" />
        )}
      </div>
      <CardFooter>
        {drawn === undefined ? (
          <Skeleton className="my-0.5 w-40" />
        ) : (
          <>
            <span>
              {formatCount(drawn)} of {formatCount(query.data?.total ?? drawn)} runs
            </span>
            {data?.kind === "category" && <span>line: median, quartiles</span>}
            {data?.kind === "category" && data.leftOut > 0 && (
              <span>{formatCount(data.leftOut)} runs with rarer values not drawn</span>
            )}
          </>
        )}
      </CardFooter>
    </Card>
  );
}
