"use client";

import { formatAgo, formatCount, Menu, MenuLabel, MenuRadioGroup, useNow } from "@runweir/web-ui";
import { ChevronDown } from "lucide-react";
import type { SnapshotChoice } from "../run/sql-request.ts";
import { useSnapshots } from "./use-snapshots.ts";

const offered = 20;

/** Which state of everything that was logged statements read. */
export function SnapshotMenu({
  value,
  onChange,
}: {
  readonly value: SnapshotChoice;
  readonly onChange: (value: SnapshotChoice) => void;
}) {
  const snapshots = useSnapshots();
  const now = useNow();
  const [newest] = snapshots.data ?? [];
  const chosen = typeof value === "number" ? snapshots.data?.find((one) => one.number === value) : newest;
  const number = typeof value === "number" ? value : newest?.number;
  if (snapshots.isError) return <p className="px-3 py-2 text-sm text-bad">{snapshots.error.message}</p>;
  if (snapshots.data && number === undefined)
    return (
      <p className="px-3 py-2 text-sm text-ink-2">
        There is no snapshot yet. One is written about a minute after something was logged.
      </p>
    );
  return (
    <div className="px-1 py-1">
      <Menu
        label="Snapshot"
        trigger={
          <button
            type="button"
            className="flex w-full items-center gap-1.5 rounded-md px-2 py-1 text-left text-ink-3 hover:bg-hover"
          >
            Snapshot
            <code className="font-semibold text-ink">
              {number === undefined ? "…" : `#${formatCount(number)}`}
            </code>
            <span className="truncate">
              {value === "live" ? "+ live" : chosen && now > 0 && `· ${formatAgo(chosen.asOf, now)}`}
            </span>
            <ChevronDown aria-hidden className="ml-auto size-3.5" />
          </button>
        }
      >
        <MenuLabel>Read from</MenuLabel>
        <MenuRadioGroup
          value={String(value)}
          onValueChange={(next) => onChange(next === "newest" || next === "live" ? next : Number(next))}
          options={[
            { value: "newest", label: "The newest snapshot" },
            { value: "live", label: "The newest and what came since" },
            ...(snapshots.data ?? []).slice(0, offered).map((one) => ({
              value: String(one.number),
              label: `#${formatCount(one.number)} of ${new Date(one.createdAt).toLocaleString("en-GB")}`,
            })),
          ]}
        />
      </Menu>
    </div>
  );
}
