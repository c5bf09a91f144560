"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { Badge, Button, classNames, Markdown } from "@runweir/web-ui";
import { useState } from "react";
import { noteTag, ownTags, tagValue } from "../mlflow-tags.ts";

/** Tags and description under the name; a long text is folded. */
export function ExperimentNote({ experiment }: { readonly experiment: Experiment }) {
  const [open, setOpen] = useState(false);
  const note = (tagValue(experiment.tags, noteTag) ?? "").trim();
  const tags = ownTags(experiment.tags);
  if (note === "" && tags.length === 0) return null;
  const long = note.length > 160 || note.includes("\n");
  return (
    <div className="flex items-start gap-2 px-4 pb-2 text-sm">
      <div className={classNames("min-w-0 flex-1 text-ink-2", !open && "max-h-5 overflow-hidden")}>
        {tags.length > 0 && (
          <span className="float-left mr-2 flex flex-wrap gap-1">
            {tags.map(({ key, value }) => (
              <Badge key={key} title={`${key}: ${value}`}>
                {key}
                {value !== "" && `: ${value}`}
              </Badge>
            ))}
          </span>
        )}
        {note !== "" && <Markdown text={note} className={open ? "max-h-[40vh] overflow-y-auto" : ""} />}
      </div>
      {(long || tags.length > 6) && (
        <Button variant="ghost" className="h-5 px-1" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Less" : "More"}
        </Button>
      )}
    </div>
  );
}
