import { expect, test } from "vitest";
import { showKeys } from "./show-keys.ts";

test("keys read as they are printed on the keyboard", () => {
  expect(showKeys("mod+k", true)).toBe("⌘K");
  expect(showKeys("mod+k", false)).toBe("Ctrl K");
  expect(showKeys("?", true)).toBe("?");
  expect(showKeys("j", false)).toBe("j");
});
