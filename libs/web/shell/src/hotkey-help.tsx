"use client";

import { Dialog, type Hotkey, Kbd, showKeys, useHotkeys } from "@runweir/web-ui";
import type { ReactNode } from "react";
import { groupHotkeys } from "./group-hotkeys.ts";

/** Every key of the page that is open. */
export function HotkeyHelp({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { everywhere, page } = groupHotkeys(useHotkeys());
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" size="sm">
      <div className="flex flex-col gap-4">
        {page.length > 0 && (
          <Keys heading="On this page">
            <Registered hotkeys={page} />
          </Keys>
        )}
        <Keys heading="Everywhere">
          <Registered hotkeys={everywhere} />
          <KeyRow what="Move between controls, press one" keys={["Tab", "Enter"]} />
          <KeyRow what="Close what is open" keys={["Esc"]} />
        </Keys>
        <Keys heading="On a chart">
          <KeyRow what="Read values" keys={["←", "→", "Home", "End"]} />
          <KeyRow what="Zoom in, out, all" keys={["+", "−", "0"]} />
        </Keys>
      </div>
    </Dialog>
  );
}

function Keys({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section aria-label={heading}>
      <h3 className="pb-1 text-xs text-ink-3">{heading}</h3>
      <dl className="text-sm">{children}</dl>
    </section>
  );
}

function Registered({ hotkeys }: { readonly hotkeys: readonly Hotkey[] }) {
  return hotkeys.map(({ keys, description }) => (
    <KeyRow key={keys} what={description} keys={[showKeys(keys)]} />
  ));
}

function KeyRow({ what, keys }: { readonly what: string; readonly keys: readonly string[] }) {
  return (
    <div className="flex min-h-6 items-center justify-between gap-3">
      <dt className="text-ink-2">{what}</dt>
      <dd className="flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
