"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState, Markdown, SegmentedControl, Textarea } from "@runweir/web-ui";
import { useState } from "react";

/** Writes a description in Markdown, with a look at what it will be. */
export function NoteDialog({
  of,
  initial,
  onOpenChange,
  onSave,
}: {
  /** The name of what is described. */
  readonly of: string;
  readonly initial: string;
  readonly onOpenChange: (open: boolean) => void;
  readonly onSave: (text: string) => Promise<void>;
}) {
  const [text, setText] = useState(initial);
  const [mode, setMode] = useState<"write" | "preview">("write");
  const { busy, problem, attempt } = useAttempt();
  const save = async () => {
    await attempt(async () => {
      await onSave(text);
      onOpenChange(false);
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Description of ${of}`}
      size="lg"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={text === initial} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <SegmentedControl
          label="Mode"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: "write", label: "Write" },
            { value: "preview", label: "Preview" },
          ]}
        />
        {mode === "write" ? (
          <Textarea
            mono
            aria-label="Description in Markdown"
            placeholder="What this is about, in Markdown"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-[40vh]"
          />
        ) : (
          <div className="h-[40vh] overflow-y-auto rounded-md border border-line p-3">
            <Markdown text={text} />
          </div>
        )}
        {problem && (
          <ErrorState compact problem={{ ...problem, title: "The description was not saved" }}>
            <p>The text is still here; nothing is lost.</p>
          </ErrorState>
        )}
      </div>
    </Dialog>
  );
}
