"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  ConfirmDialog,
  formatInstant,
  IconButton,
  Markdown,
  Menu,
  MenuItem,
  RelativeTime,
} from "@runweir/web-ui";
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Thread, useReviewClient } from "../review-api.ts";
import { CommentBox } from "./comment-box.tsx";

const mark = "size-3.5";

/** What somebody said. Who said it may say it better or take it back; that it was changed stays to be seen. */
export function CommentView({
  comment,
  onChanged,
}: {
  readonly comment: Thread["comments"][number];
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const [doing, setDoing] = useState<"edit" | "delete">();
  const { commentId, author, body, editTime, isDeleted, mayEdit, mayDelete } = comment;
  return (
    <article className="border-b border-line px-3 py-2 text-sm">
      <div className="flex items-center gap-1.5">
        <b className="font-semibold">{author.name}</b>
        <RelativeTime at={comment.creationTime} className="text-ink-3" />
        {editTime !== undefined && !isDeleted && (
          <span className="text-ink-3" title={formatInstant(editTime)}>
            edited
          </span>
        )}
        {(mayEdit || mayDelete) && doing !== "edit" && (
          <Menu
            label={`Comment of ${author.name}: actions`}
            trigger={
              <IconButton
                label={`Actions for the comment of ${author.name}`}
                className="-my-1 ml-auto h-6"
                icon={<Ellipsis aria-hidden className={mark} />}
              />
            }
          >
            {mayEdit && (
              <MenuItem icon={<Pencil aria-hidden className={mark} />} onSelect={() => setDoing("edit")}>
                Edit
              </MenuItem>
            )}
            {mayDelete && (
              <MenuItem
                danger
                icon={<Trash2 aria-hidden className={mark} />}
                onSelect={() => setDoing("delete")}
              >
                Delete
              </MenuItem>
            )}
          </Menu>
        )}
      </div>
      {isDeleted ? (
        <p className="text-ink-3">deleted</p>
      ) : doing === "edit" ? (
        <div className="pt-1.5">
          <CommentBox
            draftKey={`edit ${commentId}`}
            label="Comment"
            sendLabel="Save"
            initial={body}
            onSend={async (text) => {
              await client.comments.edit.mutate({ commentId, body: text });
              setDoing(undefined);
              await onChanged();
            }}
          >
            <Button onClick={() => setDoing(undefined)}>Cancel</Button>
          </CommentBox>
        </div>
      ) : (
        <Markdown text={body} className="pt-0.5" />
      )}
      {doing === "delete" && (
        <ConfirmDialog
          open
          onOpenChange={() => setDoing(undefined)}
          title="Delete the comment?"
          description="What it says is forgotten for good. That there was one stays, with its answers."
          confirmLabel="Delete the comment"
          danger
          describeError={describeError}
          onConfirm={async () => {
            await client.comments.delete.mutate({ commentId });
            await onChanged();
          }}
        />
      )}
    </article>
  );
}
