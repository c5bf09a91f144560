import { localOwner } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { batchOf } from "../../testing/point-rows.ts";
import { guardIngestion } from "./guard-ingestion.ts";

test("one run that may not be written to refuses all, before anything is appended", async () => {
  const appended: unknown[] = [];
  const guarded = guardIngestion(
    {
      async append(_caller, request) {
        appended.push(request);
        return [];
      },
    },
    {
      async requireRuns(_caller, runIds) {
        if (runIds.includes("secret")) throw new Error("denied");
      },
    },
  );
  const points = batchOf([["loss", 1, 10, 0.5]]);
  const runs = (...ids: string[]) => ({ runs: ids.map((runId) => ({ runId, points })) });
  await expect(guarded.append(localOwner("r"), runs("a", "secret"))).rejects.toThrow("denied");
  expect(appended).toEqual([]);
  await guarded.append(localOwner("r"), runs("a", "b"));
  expect(appended).toHaveLength(1);
});
