"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { describeError } from "@runweir/web-trpc-client";
import { Dialog, IconButton, Menu, MenuItem, MenuSeparator, useToast } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { CircleStop, Ellipsis, Pencil, RotateCcw, Tags, TextQuote, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMoveRuns } from "../experiment/selection-bar.tsx";
import { NameDialog } from "../experiments/name-dialog.tsx";
import { noteTag, ownTags, tagValue } from "../mlflow-tags.ts";
import { NoteDialog } from "../note-dialog.tsx";
import { TagEditor } from "../tag-editor.tsx";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";

const mark = "size-3.5";

/** What can be done with a run. */
export function RunMenu({ run }: { readonly run: WireRun }) {
  const [dialog, setDialog] = useState<"rename" | "note" | "tags">();
  const move = useMoveRuns();
  const { end } = useEditRun(run);
  const { runId, runName, lifecycleStage, status } = run.info;
  const label = `Actions for ${runName || runId}`;
  return (
    <>
      <Menu
        label={label}
        trigger={<IconButton label={label} icon={<Ellipsis aria-hidden className="size-4" />} />}
      >
        {lifecycleStage === "deleted" ? (
          <MenuItem
            icon={<RotateCcw aria-hidden className={mark} />}
            onSelect={() => void move([runId], "restore")}
          >
            Restore
          </MenuItem>
        ) : (
          <>
            <MenuItem icon={<Pencil aria-hidden className={mark} />} onSelect={() => setDialog("rename")}>
              Rename
            </MenuItem>
            <MenuItem icon={<TextQuote aria-hidden className={mark} />} onSelect={() => setDialog("note")}>
              Edit description
            </MenuItem>
            <MenuItem icon={<Tags aria-hidden className={mark} />} onSelect={() => setDialog("tags")}>
              Edit tags
            </MenuItem>
            {status === "RUNNING" && (
              <MenuItem icon={<CircleStop aria-hidden className={mark} />} onSelect={() => void end()}>
                Mark as killed
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem
              danger
              icon={<Trash2 aria-hidden className={mark} />}
              onSelect={() => void move([runId], "delete")}
            >
              Delete
            </MenuItem>
          </>
        )}
      </Menu>
      {dialog !== undefined && <RunDialog run={run} dialog={dialog} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function RunDialog({
  run,
  dialog,
  onClose,
}: {
  readonly run: WireRun;
  readonly dialog: "rename" | "note" | "tags";
  readonly onClose: () => void;
}) {
  const edit = useEditRun(run);
  const name = run.info.runName || run.info.runId;
  const onOpenChange = (open: boolean) => {
    if (!open) onClose();
  };
  switch (dialog) {
    case "rename":
      return (
        <NameDialog
          title="Rename run"
          description="The run keeps its id, its colour and everything it logged."
          label="Name"
          confirmLabel="Rename"
          initial={name}
          onOpenChange={onOpenChange}
          onConfirm={edit.rename}
        />
      );
    case "note":
      return (
        <NoteDialog
          of={name}
          initial={tagValue(run.tags, noteTag) ?? ""}
          onOpenChange={onOpenChange}
          onSave={(value) => edit.setTag({ key: noteTag, value })}
        />
      );
    case "tags":
      return (
        <Dialog open onOpenChange={onOpenChange} title={`Tags of ${name}`} size="sm">
          <TagEditor tags={ownTags(run.tags)} onSet={edit.setTag} onDelete={edit.deleteTag} />
        </Dialog>
      );
  }
}

function useEditRun(run: WireRun) {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { runId } = run.info;
  const then = async (done: Promise<unknown>) => {
    await done;
    await queryClient.invalidateQueries(api.runs.pathFilter());
  };
  return {
    rename: (runName: string) => then(client.runs.update.mutate({ runId, runName })),
    setTag: (tag: { readonly key: string; readonly value: string }) =>
      then(client.runs.setTag.mutate({ runId, tag })),
    deleteTag: (key: string) => then(client.runs.deleteTag.mutate({ runId, key })),
    /** For a run whose client died without saying so. */
    end: async () => {
      try {
        await then(client.runs.update.mutate({ runId, status: "KILLED" }));
      } catch (error) {
        toast({ title: "The run was not changed", description: describeError(error).message, tone: "bad" });
      }
    },
  };
}
