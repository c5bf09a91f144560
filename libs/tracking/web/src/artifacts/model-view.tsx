"use client";

import { useMemo, useState } from "react";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { ModelDescription } from "./model-description.tsx";
import { readModelFile } from "./read-model-file.ts";
import { type FileMode, SourceSwitch } from "./source-switch.tsx";
import { Code } from "./text-view.tsx";
import { useText } from "./use-text.ts";

/** An MLmodel file as what it says: flavors, signature, requirements of time and version. */
export function ModelView({ url, name }: { readonly url: string; readonly name: string }) {
  const [mode, setMode] = useState<FileMode>("read");
  const file = useText(url);
  const model = useMemo(() => file.data && readModelFile(file.data.text), [file.data]);
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <FileSkeleton />;
  return (
    <>
      {model && <SourceSwitch read="Model" mode={mode} onMode={setMode} />}
      {model && mode === "read" ? (
        <ModelDescription model={model} />
      ) : (
        <Code text={file.data.text} name={`${name}.yaml`} />
      )}
    </>
  );
}
