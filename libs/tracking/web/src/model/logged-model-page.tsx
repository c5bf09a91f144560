"use client";

import type { WireModel } from "@runweir/tracking-trpc";
import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  CardHeader,
  CodeSnippet,
  CopyButton,
  type Crumb,
  ErrorState,
  PageHeader,
  Skeleton,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { fileUrl } from "../artifacts/artifact-owner.ts";
import { ArtifactsTab } from "../artifacts/artifacts-tab.tsx";
import { FileSkeleton } from "../artifacts/file-skeleton.tsx";
import { ModelView } from "../artifacts/model-view.tsx";
import { ownTags } from "../mlflow-tags.ts";
import { KeyValueCard } from "../run/key-value-card.tsx";
import { useTrackingApi } from "../tracking-api.ts";
import { ModelCard } from "./model-card.tsx";
import { ModelMetrics } from "./model-metrics.tsx";
import { modelTone } from "./model-tone.ts";

/** A model that a run logged: what it takes and gives, where it comes from, how good it is, its files. */
export function LoggedModelPage() {
  const { modelId } = useParams<{ modelId: string }>();
  const api = useTrackingApi();
  const address = useAddress();
  const query = useQuery(api.models.get.queryOptions({ modelId }));
  const model = query.data;
  const lineage = useLineage(model);
  useDocumentTitle(model?.name);
  if (query.isError && model === undefined) {
    return (
      <ErrorState
        heading="h1"
        problem={describeError(query.error)}
        onRetry={() => void query.refetch()}
        actions={
          <Button asChild>
            <ZoneLink href="/experiments">All experiments</ZoneLink>
          </Button>
        }
      />
    );
  }
  const tab = address.get("tab") === "artifacts" ? "artifacts" : "overview";
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        crumbs={crumbsOf(model, lineage)}
        title={model?.name ?? <Skeleton className="h-4 w-36" />}
        badges={
          model && (
            <>
              <Badge tone={modelTone(model.status)}>{model.status.toLowerCase().replaceAll("_", " ")}</Badge>
              <span className="num flex items-center text-ink-3">
                {model.modelId}
                <CopyButton text={model.modelId} label="Copy model id" />
              </span>
            </>
          )
        }
      />
      <Tabs
        value={tab}
        onValueChange={(next) =>
          address.set({ tab: next === "overview" ? undefined : next, path: undefined })
        }
        className="min-h-0 flex-1"
      >
        <TabList label="Model">
          <Tab value="overview">Overview</Tab>
          <Tab value="artifacts">Artifacts</Tab>
        </TabList>
        <TabPanel value="overview" className="overflow-y-auto">
          <ModelOverview modelId={modelId} model={model} runName={lineage.runName} />
        </TabPanel>
        <TabPanel value="artifacts">
          <ArtifactsTab owner={{ kind: "model", modelId }} live={model?.status === "PENDING"} />
        </TabPanel>
      </Tabs>
    </div>
  );
}

function ModelOverview({
  modelId,
  model,
  runName,
}: {
  readonly modelId: string;
  readonly model: WireModel | undefined;
  readonly runName: string | undefined;
}) {
  return (
    <div className="grid items-start gap-3.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="grid min-w-0 gap-3.5">
        <Card aria-label="Signature">
          <CardHeader title="Signature" />
          {model === undefined ? (
            <FileSkeleton />
          ) : (
            <ModelView url={fileUrl({ kind: "model", modelId }, "MLmodel")} name="MLmodel" />
          )}
        </Card>
        {model && <ModelMetrics metrics={model.metrics} />}
        <Card aria-label="Use it">
          <CardHeader title="Use it" />
          <CodeSnippet
            label="Python"
            className="mx-3 mb-3"
            code={`import mlflow\nmodel = mlflow.pyfunc.load_model("models:/${modelId}")\nmodel.predict(data)`}
          />
        </Card>
      </div>
      <div className="grid min-w-0 gap-3.5">
        <ModelCard model={model} runName={runName} />
        <KeyValueCard title="Params" entries={model?.params} empty="No params." />
        <KeyValueCard title="Tags" entries={model && ownTags(model.tags)} empty="No tags." />
      </div>
    </div>
  );
}

interface Lineage {
  readonly experimentName: string | undefined;
  readonly runName: string | undefined;
}

/** What the model's experiment and run are called. */
function useLineage(model: WireModel | undefined): Lineage {
  const api = useTrackingApi();
  const experimentId = model?.experimentId ?? "";
  const runId = model?.sourceRunId ?? "";
  const experiment = useQuery(
    api.experiments.get.queryOptions({ experimentId }, { enabled: experimentId !== "" }),
  );
  const run = useQuery(api.runs.get.queryOptions({ runId, metrics: false }, { enabled: runId !== "" }));
  return { experimentName: experiment.data?.name, runName: run.data?.info.runName };
}

function crumbsOf(model: WireModel | undefined, { experimentName, runName }: Lineage): readonly Crumb[] {
  const crumbs: Crumb[] = [{ label: "Experiments", href: "/experiments" }];
  if (model === undefined) return crumbs;
  const { experimentId, sourceRunId } = model;
  crumbs.push({ label: experimentName ?? experimentId, href: `/experiments/${experimentId}` });
  if (sourceRunId !== undefined)
    crumbs.push({ label: runName || sourceRunId.slice(0, 8), href: `/runs/${sourceRunId}` });
  return crumbs;
}
