"use client";

import type { Tag } from "@runweir/tracking-trpc";
import { useAttempt } from "@runweir/web-trpc-client";
import { Button, ErrorState, IconButton, Input } from "@runweir/web-ui";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";

/** Tags as they are, each with a way to take it off, and a row to add one or give one another value. */
export function TagEditor({
  tags,
  onSet,
  onDelete,
}: {
  readonly tags: readonly Tag[];
  readonly onSet: (tag: Tag) => Promise<void>;
  readonly onDelete: (key: string) => Promise<void>;
}) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const { busy, problem, attempt } = useAttempt();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await attempt(() => onSet({ key: key.trim(), value })))) return;
    setKey("");
    setValue("");
  };
  return (
    <div className="flex flex-col gap-2">
      {tags.length > 0 && (
        <ul className="flex flex-col">
          {tags.map((tag) => (
            <li key={tag.key} className="flex items-center gap-2 border-b border-line py-0.5 text-sm">
              <span className="w-2/5 truncate text-ink-2" title={tag.key}>
                {tag.key}
              </span>
              <span className="num min-w-0 flex-1 truncate" title={tag.value}>
                {tag.value}
              </span>
              <IconButton
                label={`Remove tag ${tag.key}`}
                disabled={busy}
                icon={<X aria-hidden className="size-3.5" />}
                onClick={() => void attempt(() => onDelete(tag.key))}
              />
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={(event) => void add(event)} className="flex gap-2">
        <Input
          aria-label="Tag"
          placeholder="tag"
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Input
          aria-label="Value"
          placeholder="value"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button
          type="submit"
          busy={busy}
          disabled={key.trim() === ""}
          icon={<Plus aria-hidden className="size-3.5" />}
        >
          Set
        </Button>
      </form>
      {problem && <ErrorState compact problem={problem} />}
    </div>
  );
}
