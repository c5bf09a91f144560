"use client";

import { Markdown } from "@runweir/web-ui";
import { useState } from "react";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { type FileMode, SourceSwitch } from "./source-switch.tsx";
import { Code, CutNote } from "./text-view.tsx";
import { useText } from "./use-text.ts";

export function MarkdownView({ url, name }: { readonly url: string; readonly name: string }) {
  const [mode, setMode] = useState<FileMode>("read");
  const file = useText(url);
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <FileSkeleton />;
  return (
    <>
      <SourceSwitch read="Read" mode={mode} onMode={setMode} />
      {mode === "read" ? (
        <Markdown text={file.data.text} className="p-4" />
      ) : (
        <Code text={file.data.text} name={name} />
      )}
      <CutNote file={file.data} onWhole={undefined} />
    </>
  );
}
