"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, ErrorState, Markdown, SegmentedControl, Textarea } from "@runweir/web-ui";
import { type ReactNode, useState } from "react";
import { useDraft } from "./use-draft.ts";

/** Markdown to be sent; Ctrl or Cmd with Enter sends it. What was not sent is kept. */
export function CommentBox({
  draftKey,
  label,
  sendLabel,
  initial = "",
  onSend,
  children,
}: {
  readonly draftKey: string;
  /** What is there already, to be changed. */
  readonly initial?: string;
  readonly label: string;
  readonly sendLabel: string;
  readonly onSend: (text: string) => Promise<unknown>;
  /** Further buttons. */
  readonly children?: ReactNode;
}) {
  const draft = useDraft(draftKey, initial);
  const [mode, setMode] = useState<"write" | "preview">("write");
  const { busy, problem, attempt } = useAttempt();
  const send = async () => {
    if (draft.text.trim() === "" || busy) return;
    await attempt(async () => {
      await onSend(draft.text);
      draft.clear();
      setMode("write");
    });
  };
  return (
    <div className="flex flex-col gap-2">
      {mode === "write" ? (
        <Textarea
          aria-label={label}
          placeholder={`${label}, in Markdown`}
          value={draft.text}
          onChange={(event) => draft.setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
          }}
          className="min-h-18"
        />
      ) : (
        <div className="min-h-18 rounded-md border border-line p-2.5">
          <Markdown text={draft.text} />
        </div>
      )}
      {problem && (
        <ErrorState compact problem={{ ...problem, title: "It was not sent" }}>
          <p>The text is still here; nothing is lost.</p>
        </ErrorState>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="Mode"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: "write", label: "Write" },
            { value: "preview", label: "Preview" },
          ]}
        />
        <div className="ml-auto flex flex-wrap gap-2">
          {children}
          <Button
            variant="primary"
            busy={busy}
            disabled={draft.text.trim() === ""}
            onClick={() => void send()}
          >
            {sendLabel}
          </Button>
        </div>
      </div>
    </div>
  );
}
