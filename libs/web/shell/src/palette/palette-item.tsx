import { Command } from "cmdk";
import { Children, type ReactNode } from "react";

/** Nothing at all when it would be empty. */
export function PaletteGroup({
  heading,
  children,
}: {
  readonly heading: string;
  readonly children: ReactNode;
}) {
  if (Children.count(children) === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

export function PaletteItem({
  value,
  icon,
  children,
  detail,
  hint,
  onSelect,
}: {
  /** Unique in the palette. */
  readonly value: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
  /** Muted, after the name. */
  readonly detail?: ReactNode;
  /** On the right. */
  readonly hint?: ReactNode;
  readonly onSelect: () => void;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-row cursor-default items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-hover"
    >
      <span className="grid w-4 shrink-0 place-items-center text-ink-3">{icon}</span>
      <span className="truncate">{children}</span>
      {detail !== undefined && <span className="truncate text-sm text-ink-3">{detail}</span>}
      {hint !== undefined && <span className="ml-auto shrink-0 text-sm text-ink-3">{hint}</span>}
    </Command.Item>
  );
}
