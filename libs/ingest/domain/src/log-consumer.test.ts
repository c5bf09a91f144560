import { DomainError } from "@runweir/errors";
import { beforeEach, expect, it } from "vitest";
import { createLogConsumer, type LogConsumer } from "./log-consumer.ts";
import type { LogStore } from "./log-store.ts";
import { createPartitionApplier, type Delivery, type LogPlace } from "./partition-applier.ts";

/** One partition's position, as the store keeps it, and everything that was applied to it. */
interface Position {
  epoch: number;
  next: number;
  away: boolean;
  /** What the answer to an `apply` waits for, as when the store slows its writers down. */
  answered: Promise<void>;
  readonly applied: string[];
}

let position: Position;
let ends: { low: number; high: number };
let seeks: number[];
let troubles: string[];
let consumer: LogConsumer<LogPlace>;

const store: LogStore<string, string> = {
  async claim() {
    if (position.away) throw new DomainError("unavailable", "away");
    position.epoch += 1;
    return { epoch: position.epoch, nextOffset: position.next };
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
  position = { epoch: 0, next: 0, away: false, answered: Promise.resolve(), applied: [] };
  ends = { low: 0, high: 10 };
  seeks = [];
  troubles = [];
  consumer = createLogConsumer<LogPlace>({
    applier: createPartitionApplier<LogPlace, string, string>({
      store,
      reader: {
        read: ({ offset }) => ({ entry: `record ${offset}` }),
        setAside: () => {
          throw new Error("nothing is refused here");
        },
      },
      source: "test",
      clock: { now: () => 0 },
      pause: async () => {},
      onTrouble: (message) => troubles.push(message),
    }),
    seek: (_partition, offset) => seeks.push(offset),
    ends: async () => new Map([[0, ends]]),
    nextOffsets: async () => new Map([[0, position.next]]),
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
  expect(seeks.at(-1)).toBe(3);
  await consumer.deliver(0, records(6, 7), () => {});
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
