"use client";

import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names.ts";

/** Controlled, since the address bar is the state. */
export function Tabs<Value extends string>({
  value,
  onValueChange,
  children,
  className,
}: {
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const root = useRef<HTMLDivElement>(null);
  // Where the tabs are wider than the screen, the open one may be out of sight.
  useEffect(() => {
    const tab = root.current?.querySelector(`[role="tab"][aria-controls$="-${CSS.escape(value)}"]`);
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [value]);
  return (
    <Radix.Root
      ref={root}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      activationMode="manual"
      className={classNames("flex min-h-0 flex-col", className)}
    >
      {children}
    </Radix.Root>
  );
}

export function TabList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Radix.List
      aria-label={label}
      className="flex shrink-0 gap-1 overflow-x-auto overflow-y-hidden border-b border-line px-4"
    >
      {children}
    </Radix.List>
  );
}

export function Tab({
  value,
  children,
  count,
}: {
  readonly value: string;
  readonly children: ReactNode;
  /** Muted figures after the name. */
  readonly count?: ReactNode;
}) {
  return (
    <Radix.Trigger
      value={value}
      className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink"
    >
      {children}
      {count !== undefined && <span className="num font-normal text-ink-3">{count}</span>}
    </Radix.Trigger>
  );
}

export function TabPanel({
  value,
  children,
  className,
}: {
  readonly value: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <Radix.Content value={value} className={classNames("min-h-0 flex-1 -outline-offset-2", className)}>
      {children}
    </Radix.Content>
  );
}
