"use client";

import { Kbd, RelativeTime, RunDot, Status, showKeys, statusKindOf } from "@runweir/web-ui";
import { ArrowRight, Box, FlaskConical, Zap } from "lucide-react";
import type { ReactNode } from "react";
import { type Command, pages, rankCommands } from "./commands.ts";
import type { usePaletteSearch } from "./use-palette-search.ts";

export interface PaletteEntry {
  /** Unique in the palette. */
  readonly value: string;
  readonly icon: ReactNode;
  readonly label: string;
  /** Muted, after the label. */
  readonly detail?: string | undefined;
  /** On the right. */
  readonly hint?: ReactNode;
  readonly act: () => void;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}

const small = "size-3.5";

/**
 * What the palette offers for a text. Commands are known at once and stand first; what the server finds comes after
 * them, so that nothing moves under the reader's hand when it arrives.
 */
export function buildGroups(
  text: string,
  found: Pick<ReturnType<typeof usePaletteSearch>, "experiments" | "models" | "runs">,
  actions: readonly Command[],
  go: (href: string) => void,
): readonly PaletteGroup[] {
  const toPages: PaletteGroup = {
    heading: "Pages",
    entries: rankCommands(pages, text).map(({ id, label, href = "/" }) => ({
      value: `page ${id}`,
      icon: <ArrowRight aria-hidden className={small} />,
      label,
      act: () => go(href),
    })),
  };
  const toActions: PaletteGroup = {
    heading: "Actions",
    entries: rankCommands(actions, text).map(({ id, label, keys, run = () => {} }) => ({
      value: `action ${id}`,
      icon: <Zap aria-hidden className={small} />,
      label,
      hint: keys === undefined ? undefined : <Kbd>{showKeys(keys)}</Kbd>,
      act: run,
    })),
  };
  const toExperiments: PaletteGroup = {
    heading: "Experiments",
    entries: found.experiments.map(({ experimentId, name, lastUpdateTime }) => ({
      value: `experiment ${experimentId}`,
      icon: <FlaskConical aria-hidden className={small} />,
      label: name,
      hint: <RelativeTime at={lastUpdateTime} />,
      act: () => go(`/experiments/${experimentId}`),
    })),
  };
  const toModels: PaletteGroup = {
    heading: "Models",
    entries: found.models.map(({ name, aliases, lastUpdateTime }) => ({
      value: `model ${name}`,
      icon: <Box aria-hidden className={small} />,
      label: name,
      detail: aliases.map(({ alias, version }) => `@${alias} ${version}`).join("  "),
      hint: <RelativeTime at={lastUpdateTime} />,
      act: () => go(`/models/${encodeURIComponent(name)}`),
    })),
  };
  const toRuns: PaletteGroup = {
    heading: "Runs",
    entries: found.runs.map((run) => ({
      value: `run ${run.runId}`,
      icon: <RunDot runId={run.runId} />,
      label: run.runName || run.runId,
      detail: run.experimentName,
      hint: <Status kind={statusKindOf(run.status)} quiet />,
      act: () => go(`/runs/${run.runId}`),
    })),
  };
  const groups =
    text.trim() === ""
      ? [toPages, toExperiments, toModels, toRuns, toActions]
      : [toPages, toActions, toExperiments, toModels, toRuns];
  return groups.filter(({ entries }) => entries.length > 0);
}
