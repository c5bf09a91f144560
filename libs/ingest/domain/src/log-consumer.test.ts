import { DomainError } from "@runweir/errors";
import { beforeEach, expect, it } from "vitest";
import type { Delivery, LogPlace } from "./delivery.ts";
import type { Authors } from "./leader-terms.ts";
import { createLogConsumer, type LogConsumer } from "./log-consumer.ts";
import type { LogEdges } from "./log-edges.ts";
import type { LogStore } from "./log-store.ts";
import { createPartitionApplier } from "./partition-applier.ts";

/** One partition's position, as the store keeps it, and everything that was applied to it. */
interface Position {
  epoch: number;
  next: number;
  authors: Authors;
  away: boolean;
  /** What the answer to an `apply` waits for, as when the store slows its writers down. */
  answered: Promise<void>;
  readonly applied: string[];
}

let position: Position;
let ends: { low: number; high: number; leaderEpoch?: number };
/** Which leaders took what the log has, and where what they took ends; the last one goes on. */
let terms: { epoch: number; end: number }[];
let seeks: number[];
let troubles: string[];
let consumer: LogConsumer<LogPlace>;

const store: LogStore<string, string> = {
  async claim() {
    if (position.away) throw new DomainError("unavailable", "away");
    position.epoch += 1;
    return { epoch: position.epoch, nextOffset: position.next, ...position.authors };
  },
  async place(stretch, authors) {
    if (position.epoch !== stretch.epoch || position.next !== stretch.offset) return undefined;
    position.next = stretch.nextOffset;
    position.authors = authors;
    position.epoch += 1;
    return position.epoch;
  },
  async apply({ entries, deadLetters, stretch }) {
    if (position.epoch !== stretch.epoch || position.next !== stretch.offset) return { status: "fenced" };
    position.next = stretch.nextOffset;
    position.applied.push(...entries, ...deadLetters.map((letter) => letter.reason));
    await position.answered;
    return { status: "applied", outcomes: [...entries], unfoldedBytes: new Map() };
  },
};

beforeEach(() => {
  position = {
    epoch: 0,
    next: 0,
    authors: { leaders: [], agreedWith: undefined },
    away: false,
    answered: Promise.resolve(),
    applied: [],
  };
  ends = { low: 0, high: 10 };
  terms = [];
  seeks = [];
  troubles = [];
  const edges: LogEdges = {
    partitions: async () => new Map([[0, ends]]),
    endOfEpoch: async (_partition, epoch) =>
      epoch > (terms.at(-1)?.epoch ?? -1) ? undefined : terms.findLast((term) => term.epoch <= epoch),
  };
  consumer = createLogConsumer<LogPlace>({
    applier: createPartitionApplier<LogPlace, string, string>({
      store,
      reader: {
        read: ({ offset }) => ({ entry: `record ${offset}` }),
        setAside: () => {
          throw new Error("nothing is refused here");
        },
      },
      edges,
      source: "test",
      clock: { now: () => 0 },
      pause: async () => {},
      onTrouble: (message) => troubles.push(message),
    }),
    seek: (_partition, offset) => seeks.push(offset),
    edges,
    positions: async () => new Map([[0, { nextOffset: position.next, ...position.authors }]]),
    pause: async () => {},
    random: () => 0,
    onTrouble: (message) => troubles.push(message),
  });
});

const records = (from: number, next: number): Delivery<LogPlace> => ({
  records: Array.from({ length: next - from }, (_, i) => ({ offset: from + i, body: new Uint8Array() })),
  from,
  next,
  highWatermark: 10,
});

/** The partition is ours and applied up to an offset. */
async function applied(next: number): Promise<void> {
  consumer.assign([0]);
  await settle();
  await consumer.deliver(0, records(0, next), () => {});
  expect(position.next).toBe(next);
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("claims anew when it is fenced while it goes past what the log has dropped", async () => {
  await applied(3);
  position.epoch += 1;
  ends.low = 6;
  await consumer.deliver(0, records(6, 7), () => {});
  expect(seeks.at(-1)).toBe(6);
  expect(position).toMatchObject({ next: 6, applied: ["record 0", "record 1", "record 2", "lost"] });
});

it("finds out without a record that the store was put back, and goes on there", async () => {
  await applied(5);
  position.next = 2;
  await consumer.verify();
  expect(seeks.at(-1)).toBe(2);
  expect(consumer.positions()).toEqual(new Map([[0, 2]]));
});

it("stays where the store was put back to when a delivery from before is done later", async () => {
  await applied(2);
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  position.answered = promise;
  const resolved: number[] = [];
  const delivered = consumer.deliver(0, records(2, 6), (next) => resolved.push(next));
  await settle();
  expect(position.next).toBe(6);
  // The store comes back as it was, and the partition is taken and given once more before the answer is heard.
  position.next = 0;
  position.epoch += 1;
  consumer.assign([]);
  consumer.assign([0]);
  await settle();
  expect(seeks.at(-1)).toBe(0);
  answer();
  await delivered;
  expect({ resolved, at: consumer.positions().get(0) }).toEqual({ resolved: [], at: 0 });
});

it("finds out without a record that the log has dropped what was due", async () => {
  await applied(5);
  ends = { low: 10, high: 10 };
  await consumer.verify();
  expect(position).toMatchObject({ next: 10 });
  expect(position.applied.at(-1)).toBe("lost");
});

it("leaves a partition alone that stands where it should", async () => {
  await applied(5);
  await consumer.verify();
  expect({ seeks, epoch: position.epoch }).toEqual({ seeks: [0], epoch: 1 });
});

it("claims later what it could not claim when it was assigned", async () => {
  position.away = true;
  consumer.assign([0]);
  await settle();
  expect(consumer.positions().size).toBe(0);
  expect(troubles).toEqual(["Partition 0 was not claimed."]);
  position.away = false;
  await consumer.verify();
  await settle();
  expect(consumer.positions()).toEqual(new Map([[0, 0]]));
});

it("applies two deliveries of one partition one after the other", async () => {
  await applied(2);
  const resolved: number[] = [];
  await Promise.all(
    [records(2, 6), records(2, 4), records(2, 6)].map((delivery) =>
      consumer.deliver(0, delivery, (next) => resolved.push(next)),
    ),
  );
  expect(resolved).toEqual([6, 6, 6]);
  expect(position.applied).toEqual(Array.from({ length: 6 }, (_, i) => `record ${i}`));
});

it("goes back once, however many deliveries say that the log was emptied", async () => {
  await applied(8);
  ends = { low: 0, high: 2 };
  const short = { ...records(0, 2), highWatermark: 2 };
  await Promise.all([consumer.deliver(0, short, () => {}), consumer.deliver(0, short, () => {})]);
  expect(troubles).toHaveLength(1);
  expect(position.next).toBe(0);
});

it("moves behind what is left out of the log", async () => {
  await applied(3);
  await consumer.pass(0, { from: 3, next: 5, highWatermark: 5 });
  expect(position).toMatchObject({ next: 5, applied: ["record 0", "record 1", "record 2"] });
});

/** Leader 1 took the first eight records, all applied; then another leads. */
async function ledByOne(): Promise<void> {
  terms = [{ epoch: 1, end: 8 }];
  ends = { low: 0, high: 8, leaderEpoch: 1 };
  consumer.assign([0]);
  await settle();
  await consumer.deliver(0, by(1, records(0, 8)), () => {});
  expect(position).toMatchObject({ next: 8, authors: { leaders: [{ epoch: 1, from: 0 }], agreedWith: 1 } });
}

const by = (leaderEpoch: number, delivery: Delivery<LogPlace>): Delivery<LogPlace> => ({
  ...delivery,
  records: delivery.records.map((record) => ({ ...record, leaderEpoch })),
});

/** The log lost records 5 to 7, and has put others in their place and behind them. */
function loseEnd(): void {
  terms = [
    { epoch: 1, end: 5 },
    { epoch: 3, end: 10 },
  ];
  ends = { low: 0, high: 10, leaderEpoch: 3 };
}

it("goes back to where a log lost its end, though it has grown beyond what was applied", async () => {
  await ledByOne();
  loseEnd();
  const resolved: number[] = [];
  await consumer.deliver(0, by(3, records(8, 10)), (next) => resolved.push(next));
  expect({ next: position.next, seek: seeks.at(-1), resolved }).toEqual({ next: 5, seek: 5, resolved: [] });
  await consumer.deliver(0, by(3, records(5, 10)), () => {});
  expect(position.applied.slice(8)).toEqual([5, 6, 7, 8, 9].map((offset) => `record ${offset}`));
});

it("finds out without a record that a log lost its end and has grown exactly to what was applied", async () => {
  await ledByOne();
  loseEnd();
  ends = { ...ends, high: 8 };
  await consumer.verify();
  expect({ next: position.next, seek: seeks.at(-1) }).toEqual({ next: 5, seek: 5 });
});

it("finds out with its claim that a log lost its end while nobody looked", async () => {
  await ledByOne();
  loseEnd();
  consumer.assign([]);
  consumer.assign([0]);
  await settle();
  expect({ next: position.next, seek: seeks.at(-1) }).toEqual({ next: 5, seek: 5 });
});

it("does not take what was fetched before the log lost it for what the log has there now", async () => {
  await ledByOne();
  loseEnd();
  await consumer.verify();
  await consumer.deliver(0, by(3, records(5, 7)), () => {});
  await consumer.deliver(0, by(1, records(5, 8)), () => {});
  expect(position).toMatchObject({ next: 7 });
});

it("goes on where another leader goes on", async () => {
  await ledByOne();
  terms = [
    { epoch: 1, end: 8 },
    { epoch: 2, end: 10 },
  ];
  ends = { low: 0, high: 10, leaderEpoch: 2 };
  await consumer.deliver(0, by(2, records(8, 10)), () => {});
  await consumer.verify();
  expect(position).toMatchObject({ next: 10, authors: { agreedWith: 2 } });
  expect(troubles).toEqual([]);
});

it("applies a log anew that has nothing of the leaders whose records were applied", async () => {
  await ledByOne();
  terms = [{ epoch: 0, end: 9 }];
  ends = { low: 2, high: 9, leaderEpoch: 0 };
  await consumer.verify();
  expect(position.next).toBe(2);
});
