import { expect, test } from "vitest";
import { embeddedAliases, fillEmbeds } from "./metric-embeds.ts";

const card = "AUC **{{val/auc @champion}}**, newest {{ loss }}; {{gone}}, not {{ }} and not { {auc} }";

test("a card names the aliases that it speaks of, each once", () => {
  expect(embeddedAliases(`${card} {{other @champion}}`)).toEqual(["champion", undefined]);
});

test("values stand in their places, and what is not known says so", () => {
  const values: Record<string, number> = { "val/auc champion": 0.912345, "loss undefined": 3 };
  expect(fillEmbeds(card, (key, alias) => values[`${key} ${alias}`])).toBe(
    "AUC **0.9123**, newest 3; (no gone), not {{ }} and not { {auc} }",
  );
});

test("a name cannot bring Markdown along", () => {
  expect(fillEmbeds("{{[x](javascript:1)}}", () => undefined)).toBe("(no xjavascript1)");
});
