import { Readable } from "node:stream";
import fastify from "fastify";
import { expect, test } from "vitest";
import { type FileToSend, sendFile } from "./send-file.ts";

const html = { "content-type": "text/html", "content-disposition": "attachment" };

function doorOf(file: Partial<FileToSend>) {
  const app = fastify();
  const whole: FileToSend = {
    bytes: 5,
    etag: "e",
    modifiedAt: 0,
    read: async () => Readable.from([Buffer.from("hello")]),
    close: async () => {},
    ...file,
  };
  app.get("/file", (request, reply) => sendFile(request, reply, whole, html));
  return app;
}

test("a file is sent with its headers", async () => {
  const answer = await doorOf({}).inject("/file");
  expect([answer.statusCode, answer.body]).toEqual([200, "hello"]);
  expect(answer.headers).toMatchObject({ ...html, etag: '"e"', "content-length": "5" });
});

test("a file that cannot be read leaves none of its headers on the answer that says so", async () => {
  const read = () => Promise.reject(Object.assign(new Error("changed meanwhile"), { statusCode: 409 }));
  const answer = await doorOf({ read }).inject({ url: "/file", headers: { range: "bytes=1-2" } });
  expect([answer.statusCode, answer.json().message]).toEqual([409, "changed meanwhile"]);
  for (const name of ["etag", "last-modified", "accept-ranges", "content-range", "content-disposition"])
    expect(answer.headers, name).not.toHaveProperty(name);
});

test("a file of which no byte is wanted is closed, not read", async () => {
  let closed = 0;
  const door = doorOf({
    read: () => Promise.reject(new Error("read")),
    close: async () => void closed++,
  });
  for (const [status, request] of [
    [200, { method: "HEAD" }],
    [304, { headers: { "if-none-match": '"e"' } }],
    [416, { headers: { range: "bytes=9-" } }],
  ] as const)
    expect((await door.inject({ url: "/file", ...request })).statusCode).toBe(status);
  expect(closed).toBe(3);
});
