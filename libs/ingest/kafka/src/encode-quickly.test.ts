import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeQuickly } from "./encode-quickly.ts";

const require = createRequire(import.meta.url);
encodeQuickly();

test("the checksum is the one that kafkajs computes itself", () => {
  const own = require("kafkajs/src/protocol/recordBatch/crc32C/crc32C.js") as (bytes: Buffer) => number;
  const ours = require("kafkajs/src/protocol/recordBatch/crc32C") as (bytes: Buffer) => number;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(ours(Buffer.from(bytes))).toBe(own(Buffer.from(bytes)));
    }),
  );
});

test("what is written in any portions comes out as it was written", () => {
  const Encoder = require("kafkajs/src/protocol/encoder") as new () => {
    writeInt32(value: number): void;
    writeBuffer(value: Buffer): void;
    readonly buffer: Buffer;
  };
  const portion = fc.oneof(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.uint8Array({ maxLength: 2_000 }),
  );
  fc.assert(
    fc.property(fc.array(portion), (portions) => {
      const encoder = new Encoder();
      const expected = portions.map((one) => {
        if (typeof one !== "number") {
          encoder.writeBuffer(Buffer.from(one));
          return one;
        }
        encoder.writeInt32(one);
        const bytes = Buffer.alloc(4);
        bytes.writeInt32BE(one);
        return bytes;
      });
      expect(encoder.buffer.equals(Buffer.concat(expected))).toBe(true);
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
