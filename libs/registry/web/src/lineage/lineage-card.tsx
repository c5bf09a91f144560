"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Card, CardHeader, ErrorState, SegmentedControl, Skeleton } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useRegistryApi } from "../registry-api.ts";
import { LineageGraph } from "./lineage-graph.tsx";
import { LineageNodes } from "./lineage-nodes.tsx";

/**
 * What the version is made of and what was made of it: one hop, and behind each version the next. Drawn, or as rows; on
 * telephones always as rows.
 */
export function LineageCard({ name, version }: { readonly name: string; readonly version: number }) {
  const api = useRegistryApi();
  const query = useQuery(api.lineage.get.queryOptions({ name, version: String(version) }));
  const [look, setLook] = useState<"graph" | "list">("graph");
  const { data } = query;
  const isKnown = data && (data.run || data.loggedModel || data.derivedFrom.length + data.derived.length > 0);
  const isDrawn = isKnown && look === "graph";
  return (
    <Card aria-label="Lineage">
      <CardHeader title="Lineage">
        {isKnown && (
          <div className="max-sm:hidden">
            <SegmentedControl
              label="Lineage as"
              value={look}
              onValueChange={setLook}
              options={[
                { value: "graph", label: "Graph" },
                { value: "list", label: "List" },
              ]}
            />
          </div>
        )}
      </CardHeader>
      {data ? (
        <>
          {isDrawn && (
            <div className="max-sm:hidden">
              <LineageGraph lineage={data} />
            </div>
          )}
          <div className={isDrawn ? "sm:hidden" : undefined}>
            <LineageNodes lineage={data} depth={0} seen={[`${name} ${version}`]} />
          </div>
        </>
      ) : query.isError ? (
        <div className="px-3 pb-3">
          <ErrorState compact problem={describeError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      ) : (
        <div className="flex flex-col gap-3.5 px-3 pb-4">
          <Skeleton className="w-48" />
          <Skeleton className="w-36" />
        </div>
      )}
    </Card>
  );
}
