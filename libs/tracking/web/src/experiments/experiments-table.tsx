"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import {
  Badge,
  Card,
  Cell,
  HeadCell,
  RelativeTime,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useListKeys,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useRef } from "react";
import { noteTag, ownTags, tagValue } from "../mlflow-tags.ts";
import { noteLine } from "../note-line.ts";
import { ExperimentMenu } from "./experiment-menu.tsx";

export function ExperimentsTable({
  experiments,
  deleted,
}: {
  /** undefined: still loading. */
  readonly experiments: readonly Experiment[] | undefined;
  readonly deleted: boolean;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useListKeys({ ref, count: experiments?.length ?? 0, noun: "experiment" });
  return (
    <Card aria-label={deleted ? "Deleted experiments" : "Experiments"}>
      <TableScroll ref={ref} className="rounded-lg">
        <Table>
          <TableHead>
            <tr>
              <HeadCell>Name</HeadCell>
              <HeadCell className="max-md:hidden">Description</HeadCell>
              <HeadCell className="max-sm:hidden">Tags</HeadCell>
              <HeadCell>{deleted ? "Deleted" : "Last change"}</HeadCell>
              <HeadCell className="max-lg:hidden">Created</HeadCell>
              <HeadCell className="w-10">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {experiments === undefined ? (
              <SkeletonRows rows={8} columns={6} />
            ) : (
              experiments.map((experiment, index) => (
                <ExperimentRow key={experiment.experimentId} experiment={experiment} index={index} />
              ))
            )}
          </TableBody>
        </Table>
      </TableScroll>
    </Card>
  );
}

const tagsShown = 3;

function ExperimentRow({ experiment, index }: { readonly experiment: Experiment; readonly index: number }) {
  const tags = ownTags(experiment.tags);
  const note = noteLine(tagValue(experiment.tags, noteTag) ?? "");
  return (
    <TableRow data-row={index} className="focus-within:bg-hover">
      <Cell className="max-w-70 max-sm:max-w-44">
        <ZoneLink
          href={`/experiments/${experiment.experimentId}`}
          title={experiment.name}
          className="block truncate rounded-sm font-medium hover:underline"
        >
          {experiment.name}
        </ZoneLink>
      </Cell>
      <Cell className="max-w-90 truncate text-ink-2 max-md:hidden" title={note}>
        {note}
      </Cell>
      <Cell className="max-sm:hidden">
        <span className="flex gap-1">
          {tags.slice(0, tagsShown).map(({ key, value }) => (
            <Badge key={key} title={`${key}: ${value}`} className="max-w-40">
              <span className="truncate">
                {key}
                {value !== "" && `: ${value}`}
              </span>
            </Badge>
          ))}
          {tags.length > tagsShown && (
            <Badge title={tags.map(({ key, value }) => `${key}: ${value}`).join("\n")}>
              +{tags.length - tagsShown}
            </Badge>
          )}
        </span>
      </Cell>
      <Cell>
        <RelativeTime at={experiment.lastUpdateTime} className="text-ink-3" />
      </Cell>
      <Cell className="max-lg:hidden">
        <RelativeTime at={experiment.creationTime} className="text-ink-3" />
      </Cell>
      <Cell className="px-1.5 text-right">
        <ExperimentMenu experiment={experiment} />
      </Cell>
    </TableRow>
  );
}
