import { randomBytes } from "node:crypto";
import { existsSync, globSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "@runweir/ports";
import { awaitDelivery } from "../check/delivery.ts";
import { holdLock } from "../faults/hold-lock.ts";
import { addRuns, logAgain, logPoints } from "../load/log-points.ts";
import { answerLimitMs } from "../load/mlflow-client.ts";
import { addTokens } from "../load/tokens.ts";
import { createService, type ServiceProcess } from "../parts/service-process.ts";
import type { System } from "../parts/start-system.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const clockScenarios: readonly Scenario[] = [
  {
    name: "clocks an hour ahead, an hour behind, and set back while running",
    invariants: "L D W",
    system: "one broker",
    short: false,
    // Such writers wait for what is not applied yet, too.
    writers: 6,
    acknowledgement: "applied",
    missing: findNoFaketime,
    async run(context) {
      const { system, load, ledger } = context;
      const [ahead, behind] = system.apis;
      const file = join(system.folder, "clock");
      writeFileSync(file, "+1h\n");
      const setClock = { ...wrongClock, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" };
      for (const service of [...system.apis, ...system.ingests]) await service.terminate();
      await ahead.start(setClock);
      await behind.start({ ...wrongClock, FAKETIME: "-1h" });
      await system.ingests[0].start({ ...wrongClock, FAKETIME: "+1h" });
      await system.ingests[1].start({ ...wrongClock, FAKETIME: "-1h" });
      await load.acknowledged(60);

      const [runId = ""] = await addRuns(system, ledger, 1);
      const requests = await logPoints(context, runId, { requests: 3, keys: ["once"] });
      // Which requests are known is a matter of Postgres's clock.
      await logAgain(system.apis, requests);
      await awaitDelivery(system, runId, { stored: 3, repeated: 6 });
      const { retries } = load.meetings;
      await holdLock(system, "shards", async () => {
        await until("writes wait for what is not applied, and are told to come again", 60_000, () => {
          return load.meetings.retries > retries + 6;
        });
        // All were refused at about the same time, and wait for five seconds again: half of that on, they do.
        await pause(2_500);
        writeFileSync(file, "-2h\n");
        // Whoever waits now would wait three hours more, by that clock; `load` says who was left without an answer.
        await pause(answerLimitMs * 1.2);
      });
      await load.acknowledged(60);
      await logAgain(system.apis, requests);
      await awaitDelivery(system, runId, { stored: 3, repeated: 12 });
      for (const service of [...system.apis, ...system.ingests]) {
        await service.terminate();
        await service.start();
      }
    },
  },
  {
    name: "tokens that expire, for an API whose clock is an hour ahead and is then set back by three",
    invariants: "R",
    system: "one broker",
    short: false,
    missing: findNoFaketime,
    async run({ system, load }) {
      const file = join(system.folder, "clock");
      writeFileSync(file, "+1h\n");
      const guarded = await createGuardedApi(system);
      // Further from now than the clock is ever wrong.
      const tokens = await addTokens(system, { lasting: undefined, good: 3, over: -3 });
      try {
        await guarded.start({ ...wrongClock, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" });
        await tokens.check(guarded, { lasting: true, good: true, over: false });
        writeFileSync(file, "-2h\n");
        await tokens.check(guarded, { lasting: true, good: true, over: false });
        await tokens.revoke("lasting");
        await tokens.check(guarded, { lasting: false, good: true, over: false });
        // Ended, not merely forgotten: what it remembers of a token that it took does not outlive its time.
        writeFileSync(file, "+4h\n");
        await tokens.check(guarded, { lasting: false, good: false, over: false });
      } finally {
        await guarded.kill();
      }
      await load.acknowledged(20);
    },
  },
];

/** A third API beside the two, which asks who comes. */
async function createGuardedApi({ folder, postgres, kafka, settings }: System): Promise<ServiceProcess> {
  const port = await findFreePort();
  const home = join(folder, "guarded");
  const keyFile = join(home, "secret-key");
  await mkdir(home, { recursive: true });
  await writeFile(keyFile, randomBytes(32).toString("base64"), { mode: 0o600 });
  return createService({
    name: "guarded",
    entry: "apps/api/src/main.ts",
    url: `http://127.0.0.1:${port}`,
    logFile: join(folder, "guarded.log"),
    environment: {
      RUNWEIR_DATABASE_URL: postgres.url,
      RUNWEIR_KAFKA_BROKERS: kafka.addresses.join(","),
      RUNWEIR_KAFKA_TOPIC_PREFIX: settings.topicPrefix,
      RUNWEIR_LOG_LEVEL: "warn",
      RUNWEIR_IDENTITY: "required",
      RUNWEIR_SECRET_KEY_FILE: keyFile,
      RUNWEIR_PORT: String(port),
      RUNWEIR_HOME: home,
    },
  });
}

/** How long something takes is told by a clock that nobody sets, which stays right. */
const wrongClock: Readonly<Record<string, string>> = {
  LD_PRELOAD: findFaketime() ?? "",
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
};

function findNoFaketime(): string | undefined {
  return findFaketime() ? undefined : "libfaketime is not installed (Debian's package is `faketime`)";
}

function findFaketime(): string | undefined {
  return globSync("/usr/lib/*/faketime/libfaketime.so.1").find((file) => existsSync(file));
}
