"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import {
  Badge,
  Card,
  CardHeader,
  CopyButton,
  Detail,
  DetailList,
  Duration,
  formatInstant,
  RelativeTime,
  Skeleton,
  Status,
  statusKindOf,
} from "@runweir/web-ui";
import { tagValue } from "../mlflow-tags.ts";

/** Status, duration, who, from which source and commit. */
export function RunCard({ run }: { readonly run: WireRun | undefined }) {
  return (
    <Card aria-label="Run">
      <CardHeader title="Run" />
      {run === undefined ? (
        <div className="flex flex-col gap-3.5 px-3 pb-4">
          {["w-48", "w-36", "w-44", "w-28"].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
      ) : (
        <RunDetails run={run} />
      )}
    </Card>
  );
}

function RunDetails({ run }: { readonly run: WireRun }) {
  const { info, tags } = run;
  const of = (key: string) => tagValue(tags, key);
  const source = of("mlflow.source.name");
  // The tag is who ran the script; the field of old may be whoever the server knew.
  const user = of("mlflow.user") ?? info.userId;
  const running = info.status === "RUNNING";
  return (
    <DetailList>
      <Detail name="Status">
        <Status kind={statusKindOf(info.status)} quiet />
      </Detail>
      <Detail name="Started">
        {formatInstant(info.startTime)}, <RelativeTime at={info.startTime} className="text-ink-3" />
      </Detail>
      {(running || info.endTime !== null) && (
        <Detail name={running ? "Running for" : "Took"}>
          <Duration from={info.startTime} to={running ? null : info.endTime} className="num" />
        </Detail>
      )}
      {user && <Detail name="By">{user}</Detail>}
      {source !== undefined && (
        <Detail name="Source">
          <span className="num break-all">{source}</span>{" "}
          {of("mlflow.source.type") !== undefined && <Badge>{of("mlflow.source.type")?.toLowerCase()}</Badge>}
        </Detail>
      )}
      <GitDetail run={run} />
      {of("mlflow.project.entryPoint") !== undefined && (
        <Detail name="Entry point">
          <span className="num">{of("mlflow.project.entryPoint")}</span>
        </Detail>
      )}
      <Detail name="Artifacts">
        <span className="flex items-center gap-1">
          <span className="num min-w-0 truncate" title={info.artifactUri}>
            {info.artifactUri}
          </span>
          <CopyButton text={info.artifactUri} label="Copy artifact location" className="-my-1.5" />
        </span>
      </Detail>
    </DetailList>
  );
}

function GitDetail({ run }: { readonly run: WireRun }) {
  const commit = tagValue(run.tags, "mlflow.source.git.commit");
  const branch = tagValue(run.tags, "mlflow.source.git.branch");
  const repository = tagValue(run.tags, "mlflow.source.git.repoURL");
  if (commit === undefined && branch === undefined && repository === undefined) return null;
  return (
    <Detail name="Git">
      <span className="flex flex-wrap items-center gap-1.5">
        {commit !== undefined && (
          <span className="num" title={commit}>
            {commit.slice(0, 8)}
          </span>
        )}
        {branch !== undefined && <Badge>{branch}</Badge>}
        {tagValue(run.tags, "mlflow.source.git.dirty") === "true" && (
          <Badge tone="warn">uncommitted changes</Badge>
        )}
        {repository !== undefined && <Repository address={repository} />}
      </span>
    </Detail>
  );
}

/** A link only where it is one; a tag may hold anything. */
function Repository({ address }: { readonly address: string }) {
  if (!/^https?:\/\//.test(address)) return <span className="num break-all text-ink-2">{address}</span>;
  return (
    <a href={address} rel="noreferrer nofollow" target="_blank" className="break-all text-accent underline">
      {address.replace(/^https?:\/\//, "")}
    </a>
  );
}
