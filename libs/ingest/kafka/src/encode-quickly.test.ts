import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeQuickly } from "./encode-quickly.ts";

const require = createRequire(import.meta.url);
const protocol = "kafkajs/src/protocol";

interface Encoder {
  writeInt32(value: number): void;
  writeBuffer(value: Buffer): void;
  writeEncoder(value: Encoder): void;
  size(): number;
  readonly buffer: Buffer;
}

/** As kafkajs is before anything of it is changed: modules of its own, that nobody else gets. */
const plainly = requestWriter();
forgetProtocol();
encodeQuickly();
const quickly = requestWriter();

function requestWriter(): (messages: readonly object[]) => Promise<Buffer> {
  const produce = require(`${protocol}/requests/produce/v3/request`) as (request: object) => object;
  const write = require(`${protocol}/request`) as (request: object) => Promise<Encoder>;
  return async (messages) => {
    const partitions = [0, 1].map((partition) => ({ partition, firstSequence: 7, messages }));
    const request = produce({ acks: -1, timeout: 8_000, topicData: [{ topic: "points", partitions }] });
    return (await write({ correlationId: 1, clientId: "test", request })).buffer;
  };
}

function forgetProtocol(): void {
  for (const file of Object.keys(require.cache))
    if (file.includes("/kafkajs/src/protocol/")) delete require.cache[file];
}

test("a request is byte for byte the one that kafkajs writes itself", async () => {
  const message = fc.record({
    key: fc.option(fc.string({ maxLength: 40 })),
    value: fc.uint8Array({ maxLength: 5_000 }).map((bytes) => Buffer.from(bytes)),
    timestamp: fc.constant(1_764_000_000_000),
    headers: fc.dictionary(fc.constantFrom("workspace", "client"), fc.string({ maxLength: 3_000 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 6 }), async (messages) => {
      expect((await quickly(messages)).equals(await plainly(messages))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("the checksum is the one that kafkajs computes itself", () => {
  const own = require("kafkajs/src/protocol/recordBatch/crc32C/crc32C.js") as (bytes: Buffer) => number;
  const ours = require("kafkajs/src/protocol/recordBatch/crc32C") as (bytes: Buffer) => number;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(ours(Buffer.from(bytes))).toBe(own(Buffer.from(bytes)));
    }),
  );
});

test("what is written in any portions and levels comes out as it was written", () => {
  const Encoder = require(`${protocol}/encoder`) as new () => Encoder;
  const portion = fc.oneof(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.uint8Array({ maxLength: 2_000 }),
    fc.constantFrom("deeper", "asked for" as const),
  );
  fc.assert(
    fc.property(fc.array(portion), (portions) => {
      let encoder = new Encoder();
      const expected: Buffer[] = [];
      for (const one of portions) {
        if (one === "deeper") {
          const outer = new Encoder();
          outer.writeEncoder(encoder);
          encoder = outer;
        } else if (one === "asked for") {
          expect(encoder.buffer.equals(Buffer.concat(expected))).toBe(true);
        } else if (typeof one === "number") {
          encoder.writeInt32(one);
          const bytes = Buffer.alloc(4);
          bytes.writeInt32BE(one);
          expected.push(bytes);
        } else {
          encoder.writeBuffer(Buffer.from(one));
          expected.push(Buffer.from(one));
        }
      }
      const whole = Buffer.concat(expected);
      expect(encoder.size()).toBe(whole.length);
      expect(encoder.buffer.equals(whole)).toBe(true);
    }),
  );
});

test("kafkajs encodes batches with it: what takes the checksum is not loaded before", () => {
  const script = `
    import { createRequire } from "node:module";
    import "./connect-producer.ts";
    import kafkajs from "kafkajs";
    const require = createRequire(process.cwd() + "/");
    new kafkajs.Kafka({ brokers: ["127.0.0.1:1"] }).producer();
    const user = require.resolve("kafkajs/src/protocol/recordBatch/v0");
    const checksum = require.resolve("kafkajs/src/protocol/recordBatch/crc32C");
    console.log(user in require.cache, require(checksum).toString().includes("crc32c(bytes)"));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(said.trim()).toBe("false true");
});
