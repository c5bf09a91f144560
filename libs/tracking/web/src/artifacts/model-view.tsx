"use client";

import { SegmentedControl } from "@runweir/web-ui";
import { useMemo, useState } from "react";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { ModelDescription } from "./model-description.tsx";
import { readModelFile } from "./read-model-file.ts";
import { Code } from "./text-view.tsx";
import { useText } from "./use-text.ts";

/** An MLmodel file as what it says: flavors, signature, requirements of time and version. */
export function ModelView({ url, name }: { readonly url: string; readonly name: string }) {
  const [mode, setMode] = useState<"model" | "source">("model");
  const file = useText(url);
  const model = useMemo(() => file.data && readModelFile(file.data.text), [file.data]);
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <FileSkeleton />;
  return (
    <>
      {model && (
        <div className="px-4 pt-3">
          <SegmentedControl
            label="Show as"
            value={mode}
            onValueChange={setMode}
            options={[
              { value: "model", label: "Model" },
              { value: "source", label: "Source" },
            ]}
          />
        </div>
      )}
      {model && mode === "model" ? (
        <ModelDescription model={model} />
      ) : (
        <Code text={file.data.text} name={`${name}.yaml`} />
      )}
    </>
  );
}
