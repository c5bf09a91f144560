import { expect, test } from "vitest";
import { matchesHotkey } from "./hotkeys.ts";

const press = (key: string, held: { meta?: boolean; ctrl?: boolean; alt?: boolean } = {}) => ({
  key,
  metaKey: held.meta ?? false,
  ctrlKey: held.ctrl ?? false,
  altKey: held.alt ?? false,
});

test("mod is the command key of a Mac and the control key elsewhere", () => {
  expect(matchesHotkey("mod+k", press("k", { meta: true }))).toBe(true);
  expect(matchesHotkey("mod+k", press("K", { ctrl: true }))).toBe(true);
  expect(matchesHotkey("mod+k", press("k"))).toBe(false);
});

test("a plain key rests while a modifier is held, which the browser may want", () => {
  expect(matchesHotkey("/", press("/"))).toBe(true);
  expect(matchesHotkey("j", press("j", { ctrl: true }))).toBe(false);
  expect(matchesHotkey("?", press("?", { alt: true }))).toBe(false);
});
