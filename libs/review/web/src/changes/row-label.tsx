"use client";

import { classNames, IconButton } from "@runweir/web-ui";
import { MessageSquarePlus } from "lucide-react";
import type { ReactNode } from "react";

/** A row's name: an address of its own, and the button that begins a thread about it. */
export function RowLabel({
  anchor,
  onComment,
  className,
  children,
}: {
  readonly anchor: string;
  readonly onComment: (anchor: string) => void;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className="flex min-w-0 items-center gap-1" id={anchor}>
      <a
        href={`#${encodeURIComponent(anchor)}`}
        className={classNames(
          "min-w-0 truncate rounded-sm hover:underline max-sm:break-words max-sm:whitespace-normal",
          className,
        )}
      >
        {children}
      </a>
      <IconButton
        label={`Comment on ${anchor}`}
        className="h-6 shrink-0 opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
        icon={<MessageSquarePlus aria-hidden className="size-3.5" />}
        onClick={() => onComment(anchor)}
      />
    </span>
  );
}
