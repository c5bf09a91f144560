import type { Hotkey } from "@runweir/web-ui";

/** The keys that the frame itself registers. */
export const frameKeys = { palette: "mod+k", help: "?" } as const;

/** One line per key that works now: of two with the same key only the one mounted last is heard. */
export function groupHotkeys(hotkeys: readonly Hotkey[]): {
  readonly everywhere: readonly Hotkey[];
  readonly page: readonly Hotkey[];
} {
  const heard = hotkeys.filter(
    ({ keys }, index) => hotkeys.findLastIndex((other) => other.keys === keys) === index,
  );
  const ofFrame = new Set<string>(Object.values(frameKeys));
  return {
    everywhere: heard.filter(({ keys }) => ofFrame.has(keys)),
    page: heard.filter(({ keys }) => !ofFrame.has(keys)),
  };
}
