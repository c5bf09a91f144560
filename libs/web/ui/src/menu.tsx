"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const item =
  "relative flex min-h-control cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover";

/** A menu on a button. `trigger` is one element that takes a ref, usually a Button. */
export function Menu({
  trigger,
  children,
  align = "end",
  label,
}: {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end";
  readonly label?: string;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="animate-pop z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-pop"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  children,
  icon,
  hint,
  danger,
  disabled = false,
  onSelect,
}: {
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  /** Right-aligned: a key, a count. */
  readonly hint?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}) {
  return (
    <Radix.Item className={classNames(item, danger && "text-bad")} disabled={disabled} onSelect={onSelect}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint !== undefined && <span className="num text-ink-3">{hint}</span>}
    </Radix.Item>
  );
}

/** A menu item that is a link: open in a new tab works. The child is one anchor or ZoneLink. */
export function MenuLink({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Item asChild className={item}>
      {children}
    </Radix.Item>
  );
}

export function MenuCheckboxItem({
  children,
  checked,
  onCheckedChange,
}: {
  readonly children: ReactNode;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
}) {
  return (
    <Radix.CheckboxItem
      className={classNames(item, "pl-7")}
      checked={checked}
      onCheckedChange={onCheckedChange}
      // Several are usually chosen in a row; closing after each would be a nuisance.
      onSelect={(event) => event.preventDefault()}
    >
      <Radix.ItemIndicator className="absolute left-2">
        <Check aria-hidden className="size-3.5 text-accent" />
      </Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuRadioGroup<Value extends string>({
  value,
  onValueChange,
  options,
}: {
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={classNames(item, "pl-7")}>
          <Radix.ItemIndicator className="absolute left-2">
            <Check aria-hidden className="size-3.5 text-accent" />
          </Radix.ItemIndicator>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-xs text-ink-3">{children}</Radix.Label>;
}
