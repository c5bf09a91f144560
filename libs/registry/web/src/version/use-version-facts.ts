"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import type { WireModelMetric, WireRun } from "@runweir/tracking-trpc";
import { useTrackingApi } from "@runweir/tracking-web";
import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";
import { type VersionFiles, versionFiles } from "./version-files.ts";

export interface VersionMetric {
  readonly key: string;
  readonly value: WireModelMetric["value"];
  readonly step: number;
  /** The dataset that it was measured on, where the client said so. */
  readonly dataset?: string | undefined;
}

/** What is known of a version besides its own row. Fields are undefined while they load. */
export interface VersionFacts {
  readonly metrics: readonly VersionMetric[] | undefined;
  readonly params: WireRun["params"] | undefined;
  readonly files: VersionFiles | undefined;
  /** The files lie where no page can look. */
  readonly elsewhere: boolean;
}

/**
 * Metrics and params of the logged model that the version was made of; where there is none, or it has none, those of
 * its run. A run or model that is deleted or hidden from the reader counts as having nothing.
 */
export function useVersionFacts(version: ModelVersion | undefined): VersionFacts {
  const registry = useRegistryApi();
  const tracking = useTrackingApi();
  const { name = "", runId = "", modelId = "" } = version ?? {};
  const once = { retry: false } as const;
  const run = useQuery(tracking.runs.get.queryOptions({ runId }, { ...once, enabled: runId !== "" }));
  const model = useQuery(tracking.models.get.queryOptions({ modelId }, { ...once, enabled: modelId !== "" }));
  const location = useQuery(
    registry.versions.location.queryOptions(
      { name, version: String(version?.version ?? "") },
      { enabled: version !== undefined },
    ),
  );
  const known =
    version !== undefined && (runId === "" || !run.isPending) && (modelId === "" || !model.isPending);
  const ofModel = model.data?.metrics ?? [];
  const metrics = ofModel.length > 0 ? ofModel.map(toMetric) : (run.data?.metrics ?? []);
  const params = mergeParams(model.data?.params ?? [], run.data?.params ?? []);
  const files = version && location.data ? versionFiles(version, location.data) : undefined;
  return {
    metrics: known ? metrics : undefined,
    params: known ? params : undefined,
    files,
    elsewhere: location.data !== undefined && files === undefined,
  };
}

function toMetric({ key, value, step, datasetName }: WireModelMetric): VersionMetric {
  return { key, value, step, dataset: datasetName };
}

/** What both have is the model's. */
function mergeParams(ofModel: WireRun["params"], ofRun: WireRun["params"]): WireRun["params"] {
  const taken = new Set(ofModel.map(({ key }) => key));
  return [...ofModel, ...ofRun.filter(({ key }) => !taken.has(key))];
}
