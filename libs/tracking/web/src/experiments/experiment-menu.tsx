"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { IconButton, Menu, MenuItem, MenuSeparator } from "@runweir/web-ui";
import { Ellipsis, Pencil, RotateCcw, Tags, TextQuote, Trash2 } from "lucide-react";
import { useState } from "react";
import { DescriptionDialog } from "./description-dialog.tsx";
import { RenameExperiment } from "./rename-experiment.tsx";
import { TagsDialog } from "./tags-dialog.tsx";
import { useExperimentStage } from "./use-experiment-stage.ts";

const mark = "size-3.5";

/** What can be done with an experiment, in the list and on its own page. */
export function ExperimentMenu({ experiment }: { readonly experiment: Experiment }) {
  const [dialog, setDialog] = useState<"rename" | "tags" | "description">();
  const { remove, restore } = useExperimentStage(experiment);
  const close = (open: boolean) => {
    if (!open) setDialog(undefined);
  };
  const deleted = experiment.lifecycleStage === "deleted";
  return (
    <>
      <Menu
        label={`${experiment.name}: actions`}
        trigger={
          <IconButton
            label={`Actions for ${experiment.name}`}
            icon={<Ellipsis aria-hidden className="size-4" />}
          />
        }
      >
        {deleted ? (
          <MenuItem icon={<RotateCcw aria-hidden className={mark} />} onSelect={() => void restore()}>
            Restore
          </MenuItem>
        ) : (
          <>
            <MenuItem icon={<Pencil aria-hidden className={mark} />} onSelect={() => setDialog("rename")}>
              Rename
            </MenuItem>
            <MenuItem
              icon={<TextQuote aria-hidden className={mark} />}
              onSelect={() => setDialog("description")}
            >
              Edit description
            </MenuItem>
            <MenuItem icon={<Tags aria-hidden className={mark} />} onSelect={() => setDialog("tags")}>
              Edit tags
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              danger
              icon={<Trash2 aria-hidden className={mark} />}
              disabled={experiment.experimentId === "0"}
              onSelect={() => void remove()}
            >
              Delete
            </MenuItem>
          </>
        )}
      </Menu>
      {dialog === "rename" && <RenameExperiment experiment={experiment} onOpenChange={close} />}
      {dialog === "description" && <DescriptionDialog experiment={experiment} onOpenChange={close} />}
      {dialog === "tags" && <TagsDialog experiment={experiment} onOpenChange={close} />}
    </>
  );
}
