import { expect, it } from "vitest";
import { readsAsNumber } from "./reads-as-number.ts";

it("knows params that are numbers", () => {
  for (const number of [3, "0.1", "1e-3", "-4", " 7 ", ".5", "5."])
    expect(readsAsNumber(number), `${number}`).toBe(true);
  for (const text of ["", " ", "0x10", "12 px", "nan", "Infinity", "1e", "."])
    expect(readsAsNumber(text), text).toBe(false);
});
