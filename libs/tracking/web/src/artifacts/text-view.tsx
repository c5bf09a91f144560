"use client";

import { Button, formatBytes } from "@runweir/web-ui";
import { useMemo, useState } from "react";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { highlightCode } from "./highlight-code.ts";
import { type LoadedText, textHead, useText } from "./use-text.ts";

/** Beyond this a browser's page is no place for a text. */
const textMax = 32 * 1_024 * 1_024;

export function TextView({ url, name }: { readonly url: string; readonly name: string }) {
  const [whole, setWhole] = useState(false);
  const file = useText(url, { bytesMax: whole ? textMax : textHead });
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <FileSkeleton />;
  return (
    <>
      <Code text={file.data.text} name={name} />
      <CutNote file={file.data} onWhole={whole ? undefined : () => setWhole(true)} />
    </>
  );
}

/** Text with its colours where its language is known; a blank file says so. */
export function Code({ text, name }: { readonly text: string; readonly name: string }) {
  const html = useMemo(() => highlightCode(name, text), [name, text]);
  if (text === "") return <p className="p-4 text-ink-3">The file is empty.</p>;
  const looks = "code min-w-full p-4 leading-5 w-max max-w-none";
  if (html === undefined) {
    return (
      <pre className={looks}>
        <code>{text}</code>
      </pre>
    );
  }
  return (
    <pre className={looks}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by the highlighter, which escapes the text */}
      <code dangerouslySetInnerHTML={{ __html: html }} />
    </pre>
  );
}

/** Says how much is shown when it is not all. */
export function CutNote({
  file,
  onWhole,
}: {
  readonly file: LoadedText;
  readonly onWhole: (() => void) | undefined;
}) {
  if (!file.cut) return null;
  return (
    <p className="sticky bottom-0 flex items-center gap-2 border-t border-line bg-sunken px-4 py-1.5 text-sm text-ink-2">
      The beginning of {formatBytes(file.bytes)} is shown.
      {onWhole && (
        <Button variant="ghost" onClick={onWhole}>
          Show {file.bytes > textMax ? `the first ${formatBytes(textMax)}` : "all"}
        </Button>
      )}
    </p>
  );
}
