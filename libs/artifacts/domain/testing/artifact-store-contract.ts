import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { parseArtifactPath } from "../src/artifact-path.ts";
import type { ArtifactStore } from "../src/artifact-store.ts";
import { innocentPaths } from "./attack-paths.ts";
import { readAll } from "./read-all.ts";

const path = parseArtifactPath;
const source = (content: string | Buffer) => Readable.from([Buffer.from(content)]);
const part = (partNumber: number, content: string | Buffer) => ({
  partNumber,
  body: source(content),
  bytes: Buffer.byteLength(content),
});

/** S3 answers NoSuchUpload to what comes too late for an upload; moto's S3 breaks there with a status of 500. */
const noSuchUpload = { code: expect.stringMatching(/^(not_found|unavailable)$/) };

/** What every store has to do. `getStore` is asked once per test, for an empty store; parts have at least `partBytes`. */
export function describeArtifactStore(
  name: string,
  getStore: () => Promise<ArtifactStore>,
  { partBytes }: { readonly partBytes: number },
): void {
  const read = async (store: ArtifactStore, at: string) => {
    const file = await store.open(path(at));
    return readAll(await file.read());
  };
  const names = async (store: ArtifactStore, folder: string) =>
    (await store.list(path(folder), { limit: 1000 })).entries.map((entry) => entry.name);

  describe(`${name}: files`, () => {
    test("what was put is read back, whole and by ranges, and can be replaced", async () => {
      const store = await getStore();
      await store.put(path("a/b/hello.txt"), source("hello world"));
      expect((await read(store, "a/b/hello.txt")).toString()).toBe("hello world");
      const ranged = async (start: number, end: number) => {
        const file = await store.open(path("a/b/hello.txt"));
        return (await readAll(await file.read({ start, end }))).toString();
      };
      expect(await ranged(0, 0)).toBe("h");
      expect(await ranged(6, 10)).toBe("world");
      await store.put(path("a/b/hello.txt"), source("other"));
      expect((await read(store, "a/b/hello.txt")).toString()).toBe("other");
      expect(await names(store, "a/b")).toEqual(["hello.txt"]);
    });

    test("an empty file is a file", async () => {
      const store = await getStore();
      await store.put(path("empty"), Readable.from([]));
      const file = await store.open(path("empty"));
      expect(file.bytes).toBe(0);
      expect(await readAll(await file.read())).toHaveLength(0);
      expect(await names(store, "")).toEqual(["empty"]);
    });

    test("many megabytes in uneven chunks arrive unchanged", async () => {
      const store = await getStore();
      const chunks = Array.from({ length: 40 }, (_, index) => randomBytes(300_000 + index * 7));
      await store.put(path("large.bin"), Readable.from(chunks));
      const file = await store.open(path("large.bin"));
      const digest = createHash("sha256");
      for await (const chunk of await file.read()) digest.update(chunk as Buffer);
      expect(digest.digest("hex")).toBe(createHash("sha256").update(Buffer.concat(chunks)).digest("hex"));
    });

    test("size, etag and time tell one state from another; an open file keeps the state it was opened in", async () => {
      const store = await getStore();
      await store.put(path("f"), source("first"));
      const before = await store.open(path("f"));
      expect(before.bytes).toBe(5);
      expect(before.etag).toMatch(/^[^"\s]+$/);
      expect(before.modifiedAt).toBeGreaterThan(Date.UTC(2020));
      await store.put(path("f"), source("second, longer"));
      const after = await store.open(path("f"));
      expect(after.bytes).toBe(14);
      expect(after.etag).not.toBe(before.etag);
      // Either the old content or a refusal, never a mixture.
      const old = await before.read().then(readAll, (error: Error) => error);
      if (old instanceof Error) expect(old).toMatchObject({ code: "conflict" });
      else expect(old.toString()).toBe("first");
      await after.close();
    });

    test("odd names are only names", async () => {
      const store = await getStore();
      for (const [raw, normal] of innocentPaths.filter(([, normal]) => normal !== "")) {
        await store.put(path(`odd/${raw}`), source(normal));
        expect((await read(store, `odd/${raw}`)).toString()).toBe(normal);
      }
      const top = new Set(innocentPaths.map(([, normal]) => normal.split("/")[0]!).filter((n) => n !== ""));
      expect(new Set(await names(store, "odd"))).toEqual(top);
    });

    test("what is missing is not_found; a folder is not a file", async () => {
      const store = await getStore();
      await store.put(path("folder/file"), source("x"));
      await expect(store.open(path("nothing"))).rejects.toMatchObject({ code: "not_found" });
      await expect(store.open(path("folder/nothing"))).rejects.toMatchObject({ code: "not_found" });
      await expect(store.open(path("folder"))).rejects.toMatchObject({
        code: "invalid_argument",
        reason: "is_folder",
      });
      expect(
        await Promise.all(
          ["folder", "folder/file", "folder/nothing", "nothing/file"].map((p) => store.stat(path(p))),
        ),
      ).toEqual(["folder", "file", "nothing", "nothing"]);
    });

    test("a source that breaks leaves nothing to see, and what was there before stays", async () => {
      const store = await getStore();
      await store.put(path("d/kept"), source("kept"));
      for (const at of ["d/kept", "d/new"]) {
        const broken = new Readable({ read() {} });
        const put = store.put(path(at), broken);
        broken.push(Buffer.alloc(100_000));
        setImmediate(() => broken.destroy(new Error("the client went away")));
        await expect(put).rejects.toThrow();
      }
      expect(await names(store, "d")).toEqual(["kept"]);
      expect((await read(store, "d/kept")).toString()).toBe("kept");
    });
  });

  describe(`${name}: folders`, () => {
    test("one folder is listed with sizes, ordered, without what lies deeper", async () => {
      const store = await getStore();
      for (const at of ["b.txt", "dir/x", "dir/deep/y", "a.txt", "dirt"])
        await store.put(path(at), source(at));
      const { entries } = await store.list(path(""), { limit: 1000 });
      const seen = entries.map((entry) => [
        entry.name,
        entry.kind,
        entry.kind === "file" ? entry.bytes : undefined,
      ]);
      expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
        new Set(
          [
            ["a.txt", "file", 5],
            ["b.txt", "file", 5],
            ["dir", "folder", undefined],
            ["dirt", "file", 4],
          ].map((one) => JSON.stringify(one)),
        ),
      );
      expect(await names(store, "dir")).toEqual(["deep", "x"]);
      expect(await names(store, "dir/x")).toEqual([]);
      expect(await names(store, "di")).toEqual([]);
      expect(await names(store, "nowhere")).toEqual([]);
    });

    test("pages go on where the last one ended; a token of nobody is refused", async () => {
      const store = await getStore();
      const wanted = Array.from({ length: 7 }, (_, index) => `f${index}`);
      for (const at of wanted) await store.put(path(`p/${at}`), source(at));
      const found: string[] = [];
      for (let pageToken: string | undefined, pages = 0; ; pages++) {
        const page = await store.list(path("p"), { limit: 3, pageToken });
        found.push(...page.entries.map((entry) => entry.name));
        pageToken = page.nextPageToken;
        if (pageToken === undefined) break;
        expect(pages).toBeLessThan(3);
      }
      expect(found).toEqual(wanted);
      await expect(store.list(path("p"), { limit: 3, pageToken: "?!" })).rejects.toMatchObject({
        code: "invalid_argument",
      });
    });

    test("deleting takes a file, or a folder and all below it, and nothing that only begins alike", async () => {
      const store = await getStore();
      for (const at of ["d/1", "d/e/2", "d/e/f/3", "dd", "keep/4"]) await store.put(path(at), source(at));
      await store.delete(path("keep/4"));
      await store.delete(path("d"));
      await store.delete(path("was/never/there"));
      expect(await store.stat(path("d/e/f/3"))).toBe("nothing");
      expect(await store.stat(path("d"))).toBe("nothing");
      expect(await store.stat(path("keep/4"))).toBe("nothing");
      expect((await read(store, "dd")).toString()).toBe("dd");
      await expect(store.delete(path(""))).rejects.toMatchObject({ code: "invalid_argument" });
      expect((await read(store, "dd")).toString()).toBe("dd");
    });
  });

  describe(`${name}: files in parts`, () => {
    test("parts in any order become the file, once completed and not before", async () => {
      const store = await getStore();
      const parts = [randomBytes(partBytes), randomBytes(partBytes + 11), randomBytes(3)];
      const at = path("m/whole.bin");
      const id = await store.startUpload(at);
      const etags = new Map<number, string>();
      await store.putPart(at, id, { partNumber: 2, body: source("to be replaced") });
      await Promise.all(
        [3, 1, 2].map(async (number) => {
          etags.set(number, await store.putPart(at, id, part(number, parts[number - 1]!)));
        }),
      );
      expect(await store.stat(at)).toBe("nothing");
      expect(await names(store, "")).toEqual([]);
      const named = [1, 2, 3].map((partNumber) => ({
        partNumber,
        etag: `"${etags.get(partNumber)!.replaceAll('"', "")}"`,
      }));
      await store.completeUpload(at, id, named);
      expect(Buffer.compare(await read(store, "m/whole.bin"), Buffer.concat(parts))).toBe(0);
      await expect(store.putPart(at, id, part(1, "late"))).rejects.toMatchObject(noSuchUpload);
    });

    test("a part that was never sent, a wrong etag and a foreign upload are refused", async () => {
      const store = await getStore();
      const at = path("m/f");
      const id = await store.startUpload(at);
      const etag = await store.putPart(at, id, part(1, "one"));
      const missing = [
        { partNumber: 1, etag },
        { partNumber: 2, etag },
      ];
      await expect(store.completeUpload(at, id, missing)).rejects.toMatchObject({ code: "invalid_argument" });
      const wrong = [{ partNumber: 1, etag: "0".repeat(32) }];
      await expect(store.completeUpload(at, id, wrong)).rejects.toMatchObject({ code: "invalid_argument" });
      await expect(store.putPart(path("m/other"), id, part(1, "x"))).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(store.putPart(at, "../../etc", part(1, "x"))).rejects.toMatchObject({
        code: "not_found",
      });
      await store.completeUpload(at, id, [{ partNumber: 1, etag }]);
      expect((await read(store, "m/f")).toString()).toBe("one");
    });

    test("an upload given up leaves nothing", async () => {
      const store = await getStore();
      const at = path("m/g");
      const id = await store.startUpload(at);
      await store.putPart(at, id, part(1, "one"));
      await store.abortUpload(at, id);
      expect(await store.stat(at)).toBe("nothing");
      await expect(store.putPart(at, id, part(2, "two"))).rejects.toMatchObject(noSuchUpload);
      await expect(store.completeUpload(at, id, [{ partNumber: 1, etag: "" }])).rejects.toMatchObject(
        noSuchUpload,
      );
    });
  });
}
