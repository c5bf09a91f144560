"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { Badge, Button, Markdown } from "@runweir/web-ui";
import { useState } from "react";
import { noteTag, ownTags, tagValue } from "../mlflow-tags.ts";
import { noteLine } from "../note-line.ts";

/** Folded, what stays in one line beside the tags. */
const foldedTags = 6;
const foldedCharacters = 80;

/** Tags and description under the name: one line, or all of them when unfolded. */
export function ExperimentNote({ experiment }: { readonly experiment: Experiment }) {
  const [open, setOpen] = useState(false);
  const note = (tagValue(experiment.tags, noteTag) ?? "").trim();
  const tags = ownTags(experiment.tags);
  if (note === "" && tags.length === 0) return null;
  const line = noteLine(note);
  const more = line !== note || line.length > foldedCharacters || tags.length > foldedTags;
  return (
    <div className="px-4 pb-2 text-sm text-ink-2">
      <div className="flex min-w-0 items-start gap-2">
        <ul className={open ? "flex flex-wrap gap-1" : "flex max-w-2/3 gap-1 overflow-hidden empty:hidden"}>
          {(open ? tags : tags.slice(0, foldedTags)).map(({ key, value }) => (
            <li key={key} className="min-w-0">
              <Badge title={`${key}: ${value}`}>
                <span className="truncate">
                  {key}
                  {value !== "" && `: ${value}`}
                </span>
              </Badge>
            </li>
          ))}
        </ul>
        {!open && <p className="min-w-0 flex-1 truncate leading-5">{line}</p>}
        {more && (
          <Button
            variant="ghost"
            className="ml-auto h-5 px-1"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? "Less" : "More"}
          </Button>
        )}
      </div>
      {open && note !== "" && <Markdown text={note} className="mt-2 max-h-[40vh] overflow-y-auto" />}
    </div>
  );
}
