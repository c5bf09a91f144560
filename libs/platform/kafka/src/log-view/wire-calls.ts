import type { WireCall } from "./internal-cluster.ts";

/** Of one partition: `offset` is the first of `leaderEpoch`, or the one behind its last, as was asked. */
export interface EpochOffset {
  readonly errorCode: number;
  readonly leaderEpoch: number;
  readonly offset: number;
}

type Answer = ReadonlyMap<number, EpochOffset>;

/** Who leads a partition, as one broker believes. */
export interface Leadership {
  readonly errorCode: number;
  /** -1: nobody. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
}

const consumer = -1;
const readCommitted = 1;

/** Where a partition begins, or where it ends: its high watermark. */
export const edges = { start: -2, end: -1 } as const;

/** ListOffsets, version 4: the first to tell of leaders. Who does not lead under the epoch given refuses. */
export function listOffsets(
  topic: string,
  epochs: ReadonlyMap<number, number>,
  edge: (typeof edges)[keyof typeof edges],
): WireCall<Answer> {
  const head = Buffer.alloc(5);
  head.writeInt32BE(consumer, 0);
  head.writeInt8(readCommitted, 4);
  const asked = [...epochs].map(([partition, epoch]) => {
    const one = Buffer.alloc(16);
    one.writeInt32BE(partition, 0);
    one.writeInt32BE(epoch, 4);
    one.writeBigInt64BE(BigInt(edge), 8);
    return one;
  });
  return wireCall({ apiKey: 2, apiVersion: 4, apiName: "ListOffsets" }, head, topic, asked, (bytes, at) => ({
    partition: bytes.readInt32BE(at),
    errorCode: bytes.readInt16BE(at + 4),
    offset: Number(bytes.readBigInt64BE(at + 14)),
    leaderEpoch: bytes.readInt32BE(at + 22),
    length: 26,
  }));
}

/**
 * OffsetForLeaderEpoch, version 3: the largest epoch of a leader that is not above the one asked for, and the offset at which
 * what it wrote ends. -1 and -1 where the epoch is beyond any that the log knows.
 */
export function endOffsetOfEpoch(
  topic: string,
  partition: number,
  { leaderEpoch, asked }: { readonly leaderEpoch: number; readonly asked: number },
): WireCall<Answer> {
  const head = Buffer.alloc(4);
  head.writeInt32BE(consumer, 0);
  const one = Buffer.alloc(12);
  one.writeInt32BE(partition, 0);
  one.writeInt32BE(leaderEpoch, 4);
  one.writeInt32BE(asked, 8);
  const api = { apiKey: 23, apiVersion: 3, apiName: "OffsetForLeaderEpoch" };
  return wireCall(api, head, topic, [one], (bytes, at) => ({
    errorCode: bytes.readInt16BE(at),
    partition: bytes.readInt32BE(at + 2),
    leaderEpoch: bytes.readInt32BE(at + 6),
    offset: Number(bytes.readBigInt64BE(at + 10)),
    length: 18,
  }));
}

/** Metadata, version 7: who leads the partitions of a topic. */
export function describeLeaders(topic: string): WireCall<ReadonlyMap<number, Leadership>> {
  const name = Buffer.from(topic);
  const buffer = Buffer.alloc(4 + 2 + name.length + 1);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt16BE(name.length, 4);
  name.copy(buffer, 6);
  return {
    request: {
      apiKey: 3,
      apiVersion: 7,
      apiName: "Metadata",
      encode: async () => ({ buf: buffer, buffer }),
    },
    response: {
      async decode(payload) {
        const from = createReader(payload);
        // How long to wait before the next request.
        from.int32();
        from.array(() => {
          from.int32();
          from.text();
          from.int32();
          from.text();
        });
        // The cluster and its controller.
        from.text();
        from.int32();
        const leaders = new Map<number, Leadership>();
        from.array(() => {
          const ofTopic = from.int16();
          from.text();
          from.int8();
          from.array(() => {
            const ofPartition = from.int16();
            const partition = from.int32();
            leaders.set(partition, {
              errorCode: ofTopic || ofPartition,
              leader: from.int32(),
              leaderEpoch: from.int32(),
              replicas: from.array(from.int32),
            });
            from.array(from.int32);
            from.array(from.int32);
          });
        });
        return leaders;
      },
      parse: async (answer) => answer,
    },
  };
}

function createReader(bytes: Buffer) {
  let at = 0;
  const take = (length: number): number => {
    at += length;
    return at - length;
  };
  const reader = {
    int8: () => bytes.readInt8(take(1)),
    int16: () => bytes.readInt16BE(take(2)),
    int32: () => bytes.readInt32BE(take(4)),
    /** Passes a text by, also one that is null. */
    text: () => void take(Math.max(0, reader.int16())),
    array: <T>(read: () => T): readonly T[] => Array.from({ length: Math.max(0, reader.int32()) }, read),
  };
  return reader;
}

function wireCall(
  api: { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string },
  head: Buffer,
  topic: string,
  asked: readonly Buffer[],
  read: (bytes: Buffer, at: number) => EpochOffset & { readonly partition: number; readonly length: number },
): WireCall<Answer> {
  const name = Buffer.from(topic);
  const counts = Buffer.alloc(10);
  counts.writeInt32BE(1, 0);
  counts.writeInt16BE(name.length, 4);
  counts.writeInt32BE(asked.length, 6);
  const buffer = Buffer.concat([head, counts.subarray(0, 6), name, counts.subarray(6), ...asked]);
  return {
    request: { ...api, encode: async () => ({ buf: buffer, buffer }) },
    response: {
      async decode(payload) {
        // How long to wait before the next request, the number of topics, and the only one's name.
        let at = 8;
        at += 2 + payload.readInt16BE(at);
        const count = payload.readInt32BE(at);
        at += 4;
        const answers = new Map<number, EpochOffset>();
        for (let i = 0; i < count; i += 1) {
          const { partition, length, ...answer } = read(payload, at);
          answers.set(partition, answer);
          at += length;
        }
        return answers;
      },
      parse: async (answer) => answer,
    },
  };
}
