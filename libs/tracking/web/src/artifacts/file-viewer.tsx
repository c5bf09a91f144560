"use client";

import { Button, EmptyState, formatBytes } from "@runweir/web-ui";
import { Download } from "lucide-react";
import { lazy, Suspense } from "react";
import { type ArtifactOwner, downloadUrl, fileUrl, nameOf } from "./artifact-owner.ts";
import { FileSkeleton } from "./file-skeleton.tsx";
import { ImageView, MediaView } from "./media-view.tsx";
import { viewerKind } from "./viewer-kind.ts";

// Each kind's code comes when the first such file is opened.
const TextView = lazy(() => import("./text-view.tsx").then((m) => ({ default: m.TextView })));
const MarkdownView = lazy(() => import("./markdown-view.tsx").then((m) => ({ default: m.MarkdownView })));
const JsonView = lazy(() => import("./json-view.tsx").then((m) => ({ default: m.JsonView })));
const CsvView = lazy(() => import("./csv-view.tsx").then((m) => ({ default: m.CsvView })));
const ParquetView = lazy(() => import("./parquet-view.tsx").then((m) => ({ default: m.ParquetView })));
const ModelView = lazy(() => import("./model-view.tsx").then((m) => ({ default: m.ModelView })));

/** One file, shown for what its name says it is; anything can be downloaded. */
export function FileViewer({
  owner,
  path,
  bytes,
}: {
  readonly owner: ArtifactOwner;
  readonly path: string;
  /** Where the listing has said it. */
  readonly bytes: number | undefined;
}) {
  const name = nameOf(path);
  return (
    <section aria-label={name} className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-10 items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="num min-w-0 truncate" title={path}>
          {path}
        </h2>
        {bytes !== undefined && <span className="num shrink-0 text-ink-3">{formatBytes(bytes)}</span>}
        <Button asChild className="ml-auto">
          <a href={downloadUrl(owner, path)} download={name}>
            <Download aria-hidden className="size-3.5" />
            Download
          </a>
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-auto" key={path}>
        <Suspense fallback={<FileSkeleton />}>
          <View owner={owner} path={path} bytes={bytes} />
        </Suspense>
      </div>
    </section>
  );
}

function View({
  owner,
  path,
  bytes,
}: {
  readonly owner: ArtifactOwner;
  readonly path: string;
  readonly bytes: number | undefined;
}) {
  const name = nameOf(path);
  const url = fileUrl(owner, path);
  const kind = viewerKind(name);
  switch (kind) {
    case "image":
      return <ImageView url={url} name={name} />;
    case "audio":
    case "video":
      return <MediaView kind={kind} url={url} name={name} />;
    case "html":
      // The server shuts it in as well; the attribute also holds when its headers were lost on the way.
      return <iframe title={name} src={url} sandbox="allow-scripts" className="h-full w-full bg-[white]" />;
    case "pdf":
      return <iframe title={name} src={url} className="h-full w-full" />;
    case "text":
      return <TextView url={url} name={name} />;
    case "markdown":
      return <MarkdownView url={url} name={name} />;
    case "json":
      return <JsonView url={url} name={name} owner={owner} />;
    case "csv":
      return <CsvView url={url} name={name} />;
    case "parquet":
      return <ParquetView url={url} bytes={bytes} />;
    case "model":
      return <ModelView url={url} name={name} />;
    case "none":
      return (
        <EmptyState title="There is no viewer for this kind of file">
          <p>Download it to open it with the program it belongs to.</p>
        </EmptyState>
      );
  }
}
