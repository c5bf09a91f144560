"use client";

import { SegmentedControl } from "@runweir/web-ui";

/** A file as what it says, or as its text. */
export type FileMode = "read" | "source";

export function SourceSwitch({
  read,
  mode,
  onMode,
}: {
  /** The word for reading it as what it says. */
  readonly read: string;
  readonly mode: FileMode;
  readonly onMode: (mode: FileMode) => void;
}) {
  return (
    <div className="px-4 pt-3">
      <SegmentedControl
        label="Show as"
        value={mode}
        onValueChange={onMode}
        options={[
          { value: "read", label: read },
          { value: "source", label: "Source" },
        ]}
      />
    </div>
  );
}
