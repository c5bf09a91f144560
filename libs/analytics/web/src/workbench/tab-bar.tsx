"use client";

import { classNames, IconButton } from "@runweir/web-ui";
import { Plus, X } from "lucide-react";
import { isDirty, type SqlTab } from "./sql-tabs.ts";

/** The statements that are open. A dot stands for what is not saved. */
export function TabBar({
  tabs,
  activeId,
  onShow,
  onClose,
  onAdd,
}: {
  readonly tabs: readonly SqlTab[];
  readonly activeId: string;
  readonly onShow: (id: string) => void;
  readonly onClose: (tab: SqlTab) => void;
  readonly onAdd: () => void;
}) {
  return (
    <div className="flex h-10 shrink-0 items-end gap-0.5 overflow-x-auto border-b border-line px-3">
      {tabs.map((tab) => {
        const here = tab.id === activeId;
        return (
          <div
            key={tab.id}
            className={classNames(
              "group flex h-8 max-w-56 shrink-0 items-center gap-1 rounded-t-md border border-b-0 pl-3 pr-1",
              here ? "-mb-px border-line bg-surface font-semibold" : "border-transparent text-ink-2",
            )}
          >
            <button
              type="button"
              aria-pressed={here}
              className="truncate py-1 hover:text-ink"
              title={tab.name}
              onClick={() => onShow(tab.id)}
            >
              {tab.name}
            </button>
            {isDirty(tab) && (
              <span className="text-ink-3" title="Not saved">
                ●<span className="sr-only">, not saved</span>
              </span>
            )}
            <button
              type="button"
              aria-label={`Close ${tab.name}`}
              className="rounded-sm p-0.5 text-ink-3 hover:bg-hover hover:text-ink"
              onClick={() => onClose(tab)}
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </div>
        );
      })}
      <IconButton
        label="New query"
        icon={<Plus aria-hidden className="size-4" />}
        onClick={onAdd}
        className="mb-0.5"
      />
    </div>
  );
}
