import {
  createPartitionApplier,
  type Delivery,
  type LogEdges,
  type LogRecord,
  segmentReader,
} from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import { source, type World } from "../world/world.ts";

/** A consumer process. */
export interface Member {
  readonly process: Process;
  /** `generation` grows with every word of the group; older words that come late are not heard. */
  assign(partitions: ReadonlySet<number>, generation: number): void;
}

interface Place {
  offset: number;
  seeks: number;
}

/** Runs the real consumer over a log in memory; the fetching around it is what a client library does. */
export function createMember(world: World, process: Process): Member {
  const { plan, parts, random, scheduler, log, logLink, store, faults } = world;
  const places = new Map<number, Place>();
  const fetching = new Set<number>();
  let assigned: ReadonlySet<number> = new Set();
  let heard = -1;

  const pause = (milliseconds: number): Promise<void> => scheduler.wait(milliseconds, "pauses", process);
  const edges: LogEdges = {
    partitions: () =>
      logLink.call(
        "edges",
        () =>
          new Map(
            log
              .partitions()
              .map(({ number, low, high, leaderEpoch }) => [number, { low, high, leaderEpoch }]),
          ),
        process,
      ),
    endOfEpoch: (partition, epoch) =>
      logLink.call(`end of leader ${epoch} of ${partition}`, () => log.endOfEpoch(partition, epoch), process),
  };
  const consumer = parts.createLogConsumer({
    applier: createPartitionApplier({
      store: parts.createSegmentStore(world, process),
      reader: segmentReader,
      edges,
      source,
      clock: scheduler,
      pause,
      limits: { records: plan.applyRecords, bytes: 2_000 },
      unfoldedBytes: plan.unfoldedBytes,
    }),
    seek(partition, offset) {
      const place = placeOf(partition);
      place.offset = offset;
      place.seeks += 1;
    },
    edges,
    positions: () => store.call("positions", ({ positions }) => new Map(positions), process),
    pause,
    random: random.next,
    onTrouble() {},
  });

  function placeOf(partition: number): Place {
    const place = places.get(partition) ?? { offset: 0, seeks: 0 };
    places.set(partition, place);
    return place;
  }

  async function fetchLoop(partition: number): Promise<void> {
    const place = placeOf(partition);
    let empty = 0;
    while (assigned.has(partition)) {
      const { seeks } = place;
      const delivery = await fetchFrom(partition, place.offset).catch(() => undefined);
      empty = delivery === undefined ? empty + 1 : 0;
      if (delivery === undefined)
        await scheduler.wait(Math.min(400, 20 * 2 ** empty) * random.next(), "fetches again", process);
      else if (delivery === "out of range") {
        if (place.seeks === seeks) place.offset = log.partition(partition).low;
      } else if (place.seeks === seeks || random.chance(staleDelivery())) {
        const twice = random.chance(repeatDelivery());
        const deliveries = [deliver(partition, place, delivery)];
        // As two handlers of one partition after a rebalance.
        if (twice && random.chance(0.5)) deliveries.push(deliver(partition, place, delivery));
        await Promise.all(deliveries);
        if (twice) await deliver(partition, place, delivery);
      }
    }
    fetching.delete(partition);
  }

  const staleDelivery = (): number => (faults.active ? plan.staleDelivery : 0);
  const repeatDelivery = (): number => (faults.active ? plan.repeatDelivery : 0);

  async function fetchFrom(
    partition: number,
    from: number,
  ): Promise<Delivery<LogRecord> | "out of range" | undefined> {
    const fetched = await logLink.call(
      `fetch ${partition}@${from}`,
      () => {
        const { low, high, records } = log.partition(partition);
        if (from < low || from > high) return "out of range";
        const some: LogRecord[] = [];
        const most = random.between(1, 8);
        for (let offset = from; offset < high && some.length < most; offset += 1) {
          const record = records.get(offset);
          if (record) some.push(record);
        }
        const next = (some.at(-1)?.offset ?? from - 1) + 1;
        return { records: some, from, next, highWatermark: high };
      },
      process,
    );
    return fetched !== "out of range" && fetched.records.length === 0 ? undefined : fetched;
  }

  async function deliver(partition: number, place: Place, delivery: Delivery<LogRecord>): Promise<void> {
    try {
      await consumer.deliver(partition, delivery, (next) => {
        place.offset = next;
      });
    } catch (error) {
      await consumer.fetchAgain(partition, error);
    }
  }

  async function verifyNowAndThen(): Promise<void> {
    for (;;) {
      await scheduler.wait(2_000, "verifies", process);
      await consumer.verify().catch(() => {});
    }
  }
  void verifyNowAndThen();

  return {
    process,
    assign(partitions, generation) {
      if (generation < heard) return;
      heard = generation;
      assigned = partitions;
      consumer.assign(partitions);
      for (const partition of partitions) {
        if (fetching.has(partition)) continue;
        fetching.add(partition);
        void fetchLoop(partition);
      }
    },
  };
}
