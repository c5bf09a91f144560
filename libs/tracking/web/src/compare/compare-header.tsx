"use client";

import { Badge, Button, formatCount, PageHeader } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { Table2, X } from "lucide-react";
import { useTrackingApi } from "../tracking-api.ts";
import type { CompareView } from "./use-compare-view.ts";

export function CompareHeader({
  view,
  total,
}: {
  readonly view: CompareView;
  /** Runs in the set. */
  readonly total: number | undefined;
}) {
  const api = useTrackingApi();
  const [experimentId = "", ...others] = view.experimentIds;
  const experiment = useQuery(api.experiments.get.queryOptions({ experimentId }));
  const only = others.length === 0;
  const href = `/experiments/${experimentId}`;
  const chosen = view.runIds.length > 0;
  return (
    <PageHeader
      crumbs={[
        { label: "Experiments", href: "/experiments" },
        ...(only ? [{ label: experiment.data?.name ?? experimentId, href }] : []),
      ]}
      title="Compare"
      badges={
        <>
          {!only && <Badge>{formatCount(view.experimentIds.length)} experiments</Badge>}
          {total !== undefined && (
            <Badge>
              {total === 1 ? "1 run" : `${formatCount(total)} ${chosen ? "chosen runs" : "runs"}`}
            </Badge>
          )}
        </>
      }
    >
      {chosen && (
        <Button
          variant="ghost"
          icon={<X aria-hidden className="size-3.5" />}
          onClick={() => view.setRunIds(undefined)}
        >
          All runs instead
        </Button>
      )}
      {only && (
        <Button asChild>
          <ZoneLink href={href + tableQuery(view)}>
            <Table2 aria-hidden className="size-3.5" />
            Runs table
          </ZoneLink>
        </Button>
      )}
    </PageHeader>
  );
}

/** The same runs on the experiment's page: selected, or by the same filter. */
function tableQuery({ runIds, filter }: CompareView): string {
  if (runIds.length > 0) return `?runs=${runIds.join(".")}`;
  return filter === "" ? "" : `?${new URLSearchParams({ filter })}`;
}
