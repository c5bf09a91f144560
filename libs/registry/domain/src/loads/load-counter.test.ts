import { type Caller, localOwner } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { createLoadCounter } from "./create-load-counter.ts";

const champion = { kind: "alias", alias: "champion" } as const;
const fraud = { name: "fraud", version: 3 };

function someone(id: string, userAgent = "mlflow-python-client/3.17.2"): Caller {
  return {
    ...localOwner("r"),
    principal: { kind: "user", id, name: id },
    origin: { door: "api", userAgent },
  };
}

function begin(room?: number) {
  const clock = { time: 1_000, now: () => clock.time };
  return { clock, counter: createLoadCounter({ clock, ...(room === undefined ? {} : { room }) }) };
}

test("loads of the same version by the same person, client and alias are one line", () => {
  const { clock, counter } = begin();
  const ann = someone("ann");
  counter.pointed(ann, fraud, champion);
  counter.loaded(ann, fraud);
  clock.time += 500;
  counter.pointed(ann, fraud, champion);
  counter.loaded(ann, fraud);
  counter.loaded(ann, fraud);
  counter.loaded(someone("bob"), fraud);
  counter.loaded(someone("ann", "curl/8.1 (linux)"), fraud);
  expect(counter.take()).toEqual({
    dropped: 0,
    loads: [
      {
        workspace: "default",
        model: "fraud",
        version: 3,
        loader: { kind: "user", id: "ann", name: "ann" },
        client: "mlflow-python-client/3.17.2",
        via: champion,
        loads: 2,
        firstTime: 1_000,
        lastTime: 1_500,
      },
      expect.objectContaining({ via: undefined, loads: 1 }),
      expect.objectContaining({ loader: { kind: "user", id: "bob", name: "bob" }, via: undefined, loads: 1 }),
      expect.objectContaining({ client: "curl/8.1", via: undefined, loads: 1 }),
    ],
  });
  expect(counter.take().loads).toEqual([]);
});

test("an alias that was asked for long before is not what a version is loaded by, nor is another version's", () => {
  const { clock, counter } = begin();
  const ann = someone("ann");
  counter.pointed(ann, fraud, champion);
  counter.loaded(ann, { name: "fraud", version: 2 });
  clock.time += 60_001;
  counter.loaded(ann, fraud);
  expect(counter.take().loads.map(({ version, via }) => [version, via])).toEqual([
    [2, undefined],
    [3, undefined],
  ]);
});

test("what could not be kept is counted with what came since", () => {
  const { clock, counter } = begin();
  counter.loaded(someone("ann"), fraud);
  const { loads } = counter.take();
  clock.time += 1;
  counter.loaded(someone("ann"), fraud);
  counter.putBack(loads);
  expect(counter.take().loads).toMatchObject([{ loads: 2, firstTime: 1_000, lastTime: 1_001 }]);
});

test("memory is bounded: loads beyond it are told of, and of names the newest are known", () => {
  const { counter } = begin(2);
  for (const id of ["ann", "bob", "cy"]) counter.pointed(someone(id), fraud, champion);
  for (const id of ["cy", "ann", "bob", "bob", "cy"]) counter.loaded(someone(id), fraud);
  const { loads, dropped } = counter.take();
  expect(loads.map(({ loader, via, loads: n }) => [loader.id, via?.kind, n])).toEqual([
    ["cy", "alias", 1],
    ["ann", undefined, 1],
  ]);
  expect(dropped).toBe(3);
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0"],
  ["mlflow-java-client/3.1", "mlflow-java-client/3.1"],
  ["<b>", undefined],
  ["a".repeat(200), "a".repeat(60)],
])("%j asks with %j", (userAgent, client) => {
  const { counter } = begin();
  counter.loaded({ ...someone("ann"), origin: { door: "api", userAgent } }, fraud);
  expect(counter.take().loads[0]?.client).toBe(client);
});
