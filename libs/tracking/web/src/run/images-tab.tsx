"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Card,
  CardFooter,
  CardHeader,
  CodeSnippet,
  EmptyState,
  ErrorState,
  formatCount,
  formatInstant,
  Skeleton,
  Slider,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";
import { fileUrl } from "../artifacts/artifact-owner.ts";
import { useFolder } from "../artifacts/use-folder.ts";
import { type ImageSeries, readImages } from "./logged-image.ts";

/** Logged images, one card per key, each browsed by its steps. */
export function ImagesTab({ runId, live }: { readonly runId: string; readonly live: boolean }) {
  const folder = useFolder({ kind: "run", runId }, "images", { live });
  const series = useMemo(() => folder.data && readImages(folder.data.entries), [folder.data]);
  if (folder.isError && folder.data === undefined)
    return <ErrorState problem={describeError(folder.error)} onRetry={() => void folder.refetch()} />;
  if (series?.length === 0) {
    return (
      <EmptyState title={live ? "No images yet" : "No images"}>
        <p>Images logged with a key and a step can be browsed here:</p>
        <CodeSnippet label="Python" code={'mlflow.log_image(image, key="samples", step=10)'} />
      </EmptyState>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-3.5 px-4 py-3 sm:grid-cols-2 xl:grid-cols-3">
      {series === undefined
        ? ["a", "b", "c"].map((name) => (
            <Card key={name} className="h-80 p-3">
              <Skeleton className="w-24" />
            </Card>
          ))
        : series.map((one) => <ImageCard key={one.key} runId={runId} series={one} />)}
    </div>
  );
}

function ImageCard({ runId, series }: { readonly runId: string; readonly series: ImageSeries }) {
  const address = useAddress();
  const { images, key } = series;
  // One step for all keys, so that what belongs together is seen together; each shows its latest up to there.
  const wanted = Number(address.get("step") ?? Number.POSITIVE_INFINITY);
  const index = Math.max(
    0,
    images.findLastIndex(({ step }) => step <= wanted),
  );
  const image = images[index];
  if (image === undefined) return null;
  const show = (next: number) => {
    const step = images[next]?.step;
    if (step !== undefined) address.set({ step: String(step) }, "replace");
  };
  return (
    <Card aria-label={key}>
      <CardHeader title={key} count={formatCount(images.length)}>
        <span className="num text-ink-2">step {formatCount(image.step)}</span>
      </CardHeader>
      <div className="grid h-64 place-items-center overflow-hidden bg-sunken">
        {/* biome-ignore lint/performance/noImgElement: an artifact, streamed as it is; there is no image server */}
        <img
          src={fileUrl({ kind: "run", runId }, image.path)}
          alt={`${key}, step ${image.step}`}
          className="h-64 w-full object-contain"
        />
      </div>
      <div className="px-3 py-1.5">
        <Slider
          label={`Step of ${key}`}
          min={0}
          max={Math.max(0, images.length - 1)}
          value={index}
          valueText={`step ${image.step}`}
          onValueChange={show}
          className="w-full"
        />
      </div>
      <CardFooter>
        <span>
          {formatCount(index + 1)} of {formatCount(images.length)}
        </span>
        <span>{formatInstant(image.timestamp)}</span>
      </CardFooter>
    </Card>
  );
}
