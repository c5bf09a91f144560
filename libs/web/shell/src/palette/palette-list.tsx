import { Command } from "cmdk";
import type { PaletteEntry, PaletteGroup } from "./build-groups.tsx";

export function PaletteList({
  groups,
  onChoose,
}: {
  readonly groups: readonly PaletteGroup[];
  readonly onChoose: (entry: PaletteEntry) => void;
}) {
  return groups.map(({ heading, entries }) => (
    <Command.Group
      key={heading}
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {entries.map((entry) => (
        <Command.Item
          key={entry.value}
          value={entry.value}
          onSelect={() => onChoose(entry)}
          className="flex h-row cursor-default items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-hover"
        >
          <span className="grid w-4 shrink-0 place-items-center text-ink-3">{entry.icon}</span>
          <span className="truncate">{entry.label}</span>
          {entry.detail !== undefined && (
            <span className="min-w-0 truncate text-sm text-ink-3">{entry.detail}</span>
          )}
          {entry.hint !== undefined && (
            <span className="ml-auto shrink-0 text-sm text-ink-3">{entry.hint}</span>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  ));
}
