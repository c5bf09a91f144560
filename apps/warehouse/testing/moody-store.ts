import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { createS3Client } from "@runweir/artifacts-s3";
import { findFreePort } from "@runweir/ports";
import { startChildServer } from "@runweir/server";

export type Mood = "fine" | "silent" | "failing" | "slow" | "breaking";

/**
 * A real S3 server behind a door that can be in a mood: it says nothing, answers 500, takes its time, or breaks off
 * in the middle of a body, whoever sends it. */
export async function startMoodyStore(python: string) {
  const folder = await mkdtemp(join(tmpdir(), "runweir-moody-"));
  const port = await findFreePort();
  const server = await startChildServer({
    name: "S3",
    command: python,
    args: ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    url: `http://127.0.0.1:${port}`,
    readyPath: "/moto-api/",
    logFile: join(folder, "s3.log"),
    limitMs: 60_000,
  });
  let mood: Mood = "fine";
  const door = createServer((incoming, answer) => {
    if (mood === "silent") {
      incoming.resume();
      return;
    }
    if (mood === "failing") {
      incoming.resume();
      answer.writeHead(500, { "content-type": "text/plain" }).end("out of order");
      return;
    }
    const pass = () => {
      const { method, headers, url: path } = incoming;
      const outgoing = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        if (mood === "breaking") {
          answer.flushHeaders();
          response.once("data", (part: Buffer) =>
            answer.write(part.subarray(0, part.length / 2), () => answer.destroy()),
          );
        } else response.pipe(answer);
      });
      outgoing.on("error", () => answer.destroy());
      if (mood === "breaking" && method === "PUT") incoming.once("data", () => incoming.destroy());
      else incoming.pipe(outgoing);
    };
    if (mood === "slow") setTimeout(pass, 100);
    else pass();
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "tester", secretAccessKey: "secret" };
  const direct = createS3Client({ endpoint: server.url, credentials });
  const client = createS3Client({ endpoint, credentials });
  const bucket = `bucket-${randomBytes(6).toString("hex")}`;
  await direct.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    endpoint,
    bucket,
    client,
    become(next: Mood) {
      mood = next;
    },
    replace: (key: string, body: Buffer) =>
      direct.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })),
    delete: (key: string) => direct.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
    async stop() {
      for (const one of [direct, client]) one.destroy();
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
