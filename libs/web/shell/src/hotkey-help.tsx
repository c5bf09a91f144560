"use client";

import { Dialog, Kbd, useHotkeys } from "@runweir/web-ui";
import { showKeys } from "./show-keys.ts";

/** Every key of the page that is open. */
export function HotkeyHelp({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const hotkeys = useHotkeys();
  const shown = hotkeys.filter(
    (hotkey, index) => hotkeys.findIndex(({ description }) => description === hotkey.description) === index,
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" size="sm">
      <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm">
        {shown.map(({ keys, description }) => (
          <div key={description} className="contents">
            <dt className="text-ink-2">{description}</dt>
            <dd>
              <Kbd>{showKeys(keys)}</Kbd>
            </dd>
          </div>
        ))}
        <dt className="text-ink-2">Move between controls, press one</dt>
        <dd>
          <Kbd>Tab</Kbd> <Kbd>Enter</Kbd>
        </dd>
        <dt className="text-ink-2">On a chart: read values, zoom, reset</dt>
        <dd>
          <Kbd>←</Kbd> <Kbd>→</Kbd> <Kbd>+</Kbd> <Kbd>−</Kbd> <Kbd>Esc</Kbd>
        </dd>
      </dl>
    </Dialog>
  );
}
