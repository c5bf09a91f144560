import { expect, test } from "vitest";
import { signatureChanges } from "./signature-changes.ts";

const field = (name: string | undefined, type: string, required = true) => ({ name, type, required });
const of = (...inputs: ReturnType<typeof field>[]) => ({ inputs, outputs: [], params: [] });

test("each field is the same, changed, added or removed", () => {
  const changes = signatureChanges(
    of(field("amount", "double"), field("country", "string"), field("age", "long")),
    of(field("amount", "double"), field("device", "double", false), field("age", "double")),
  );
  expect(changes).toEqual([
    { part: "input", name: "amount", kind: "same", before: "double", after: "double" },
    { part: "input", name: "device", kind: "added", after: "double, optional" },
    { part: "input", name: "age", kind: "changed", before: "long", after: "double" },
    { part: "input", name: "country", kind: "removed", before: "string" },
  ]);
});

test("fields without names are told apart by their place", () => {
  const [change] = signatureChanges(
    of(field(undefined, "float32 [-1, 28, 28]")),
    of(field(undefined, "float32 [-1, 32, 32]")),
  );
  expect(change).toMatchObject({ name: "1", kind: "changed" });
});
