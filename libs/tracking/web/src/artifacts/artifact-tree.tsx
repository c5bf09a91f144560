"use client";

import { describeError } from "@runweir/web-trpc-client";
import { classNames, ErrorState, formatBytes, Skeleton } from "@runweir/web-ui";
import { ChevronDown, ChevronRight, File, Folder as FolderMark } from "lucide-react";
import { useState } from "react";
import type { ArtifactOwner } from "./artifact-owner.ts";
import { type FolderEntry, useFolder } from "./use-folder.ts";
import { walkTree } from "./walk-tree.ts";

interface TreeProps {
  readonly owner: ArtifactOwner;
  readonly live: boolean;
  /** The folder that the tree begins in; the owner's own without it. */
  readonly root?: string | undefined;
  /** The file that is open. */
  readonly selected: string | undefined;
  readonly onSelect: (entry: FolderEntry) => void;
}

/** Folders and files; folders are read when they are opened. Arrow keys walk, Enter opens. */
export function ArtifactTree(props: TreeProps) {
  const { selected } = props;
  // The folders above the open file are open from the beginning.
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(selected)));
  const toggle = (path: string, to = !open.has(path)) => {
    const next = new Set(open);
    if (to) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  return (
    <div role="tree" aria-label="Artifacts" className="py-1.5 text-sm">
      <Level {...props} path={props.root ?? ""} depth={1} open={open} onToggle={toggle} />
    </div>
  );
}

interface LevelProps extends TreeProps {
  readonly path: string;
  readonly depth: number;
  readonly open: ReadonlySet<string>;
  readonly onToggle: (path: string, to?: boolean) => void;
}

function Level(props: LevelProps) {
  const { owner, path, depth, live } = props;
  const folder = useFolder(owner, path, { live });
  if (folder.isError && folder.data === undefined) {
    return (
      <div className="px-3 py-1">
        <ErrorState compact problem={describeError(folder.error)} onRetry={() => void folder.refetch()} />
      </div>
    );
  }
  if (folder.data === undefined) {
    return ["w-32", "w-24", "w-28"].map((width) => (
      <div key={width} className="flex h-7 items-center" style={{ paddingLeft: indent(depth) }}>
        <Skeleton className={width} />
      </div>
    ));
  }
  return (
    <>
      {folder.data.entries.map((entry, index) => (
        <Item key={entry.path} {...props} entry={entry} first={depth === 1 && index === 0} />
      ))}
      {folder.data.entries.length === 0 && (
        <p className="py-1 text-ink-3" style={{ paddingLeft: indent(depth) }}>
          empty
        </p>
      )}
      {folder.data.more && (
        <p className="py-1 text-ink-3" style={{ paddingLeft: indent(depth) }}>
          and more, which are not listed
        </p>
      )}
    </>
  );
}

function Item({
  entry,
  first,
  ...props
}: LevelProps & { readonly entry: FolderEntry; readonly first: boolean }) {
  const { depth, open, onToggle, selected, onSelect } = props;
  const isOpen = entry.folder && open.has(entry.path);
  const isSelected = selected === entry.path;
  const act = () => (entry.folder ? onToggle(entry.path) : onSelect(entry));
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <div
        role="treeitem"
        aria-level={depth}
        aria-selected={isSelected}
        aria-expanded={entry.folder ? isOpen : undefined}
        // One stop for Tab; from there the arrows.
        tabIndex={isSelected || (selected === undefined && first) ? 0 : -1}
        onClick={act}
        onKeyDown={(event) =>
          walkTree(event, { isFolder: entry.folder, isOpen, act, toggle: (to) => onToggle(entry.path, to) })
        }
        style={{ paddingLeft: indent(depth) }}
        className={classNames(
          "flex h-7 cursor-pointer items-center gap-1.5 pr-3 -outline-offset-2 hover:bg-hover",
          isSelected && "bg-selected font-medium",
        )}
      >
        {entry.folder ? (
          <Chevron aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        ) : (
          <span className="w-3.5 shrink-0" />
        )}
        {entry.folder ? (
          <FolderMark aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        ) : (
          <File aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        )}
        <span className="min-w-0 truncate" title={entry.name}>
          {entry.name}
        </span>
        {entry.bytes !== undefined && (
          <span className="num ml-auto shrink-0 pl-2 text-ink-3">{formatBytes(entry.bytes)}</span>
        )}
      </div>
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a group of tree items is not a fieldset
        <div role="group">
          <Level {...props} path={entry.path} depth={depth + 1} />
        </div>
      )}
    </>
  );
}

function foldersAbove(path: string | undefined): readonly string[] {
  const parts = (path ?? "").split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function indent(depth: number): number {
  return 12 + (depth - 1) * 16;
}
