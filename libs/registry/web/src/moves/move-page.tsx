"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  ErrorState,
  PageHeader,
  type Problem,
  Skeleton,
  useDocumentTitle,
  usePageVisible,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useRegistryApi } from "../registry-api.ts";
import { MoveActions } from "./move-actions.tsx";
import { MoveFigures } from "./move-figures.tsx";
import { MoveItems } from "./move-items.tsx";
import { describeMove, stateTones } from "./move-words.ts";
import { RefusalsCard } from "./refusals-card.tsx";

/** While it goes on, and while somebody else might begin it. */
const lookAgainMs = { underWay: 1_000, resting: 15_000 };

/** A bulk move: the plan, how far it has come, and what can be done with it now. */
export function MovePage() {
  const { moveId: jobId = "" } = useParams<{ moveId: string }>();
  const api = useRegistryApi();
  const visible = usePageVisible();
  const query = useQuery(
    api.bulk.get.queryOptions(
      { jobId },
      {
        refetchInterval: ({ state }) =>
          visible && lookAgainMs[state.data?.isUnderWay ? "underWay" : "resting"],
      },
    ),
  );
  const job = query.data;
  useDocumentTitle(job && `${describeMove(job.request)} #${jobId}`);
  if (query.isError && job === undefined)
    return <NoMove problem={describeError(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Models", href: "/models" },
          { label: "Bulk moves", href: "/moves" },
        ]}
        title={job ? describeMove(job.request) : <Skeleton className="h-4 w-60" />}
        badges={
          <>
            <span className="num text-ink-3">#{jobId}</span>
            {job && <Badge tone={stateTones[job.state]}>{job.state}</Badge>}
          </>
        }
      >
        {job && <MoveActions job={job} />}
      </PageHeader>
      <div className="flex flex-col gap-3.5 px-4 pt-1 pb-6">
        <MoveFigures job={job} />
        {job && job.refused > 0 && <RefusalsCard job={job} />}
        {job?.items !== 0 && <MoveItems jobId={jobId} job={job} />}
      </div>
    </>
  );
}

function NoMove({ problem, onRetry }: { readonly problem: Problem; readonly onRetry: () => void }) {
  return (
    <ErrorState
      heading="h1"
      problem={problem}
      onRetry={onRetry}
      actions={
        <Button asChild>
          <ZoneLink href="/moves">All bulk moves</ZoneLink>
        </Button>
      }
    >
      <p className="text-ink-2">Plans that nobody applied are forgotten after a day.</p>
    </ErrorState>
  );
}
