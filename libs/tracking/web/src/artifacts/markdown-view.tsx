"use client";

import { Markdown, SegmentedControl } from "@runweir/web-ui";
import { useState } from "react";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { Code, CutNote } from "./text-view.tsx";
import { useText } from "./use-text.ts";

export function MarkdownView({ url, name }: { readonly url: string; readonly name: string }) {
  const [mode, setMode] = useState<"read" | "source">("read");
  const file = useText(url);
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <FileSkeleton />;
  return (
    <>
      <div className="px-4 pt-3">
        <SegmentedControl
          label="Show as"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: "read", label: "Read" },
            { value: "source", label: "Source" },
          ]}
        />
      </div>
      {mode === "read" ? (
        <Markdown text={file.data.text} className="p-4" />
      ) : (
        <Code text={file.data.text} name={name} />
      )}
      <CutNote file={file.data} onWhole={undefined} />
    </>
  );
}
