"use client";

import { classNames } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";

/** Code to read and copy. The button stands beside the code, never on it. */
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
  const copy = <CopyButton text={code} label={label === undefined ? "Copy code" : `Copy ${label}`} />;
  return (
    <figure
      className={classNames(
        "min-w-0 rounded-md border border-line bg-sunken",
        label === undefined && "flex items-start",
        className,
      )}
    >
      {label !== undefined && (
        <figcaption className="flex items-center justify-between border-b border-line py-0.5 pr-0.5 pl-3 text-xs text-ink-3">
          {label}
          {copy}
        </figcaption>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, and the keyboard must reach that */}
      <pre tabIndex={0} className="min-w-0 flex-1 overflow-x-auto rounded-md p-3 leading-5 text-ink">
        <code>{code}</code>
      </pre>
      {label === undefined && <div className="p-1.5 pl-0">{copy}</div>}
    </figure>
  );
}
