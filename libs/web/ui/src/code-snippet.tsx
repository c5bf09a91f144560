"use client";

import { classNames } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";

/** Code to read and copy. */
export function CodeSnippet({
  code,
  label,
  className,
}: {
  readonly code: string;
  /** What it is, above it: "train.py". */
  readonly label?: string;
  readonly className?: string;
}) {
  return (
    <figure className={classNames("group relative rounded-md border border-line bg-sunken", className)}>
      {label !== undefined && (
        <figcaption className="border-b border-line px-3 py-1.5 text-xs text-ink-3">{label}</figcaption>
      )}
      <div className="relative">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, and the keyboard must reach that */}
        <pre tabIndex={0} className="overflow-x-auto p-3 pr-11 leading-5 text-ink">
          <code>{code}</code>
        </pre>
        <CopyButton text={code} label="Copy code" className="absolute top-1.5 right-1.5 bg-sunken" />
      </div>
    </figure>
  );
}
