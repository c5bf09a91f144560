import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startArtifactDoor } from "../../test/start-artifact-door.ts";

let door: Awaited<ReturnType<typeof startArtifactDoor>>;
beforeAll(async () => {
  door = await startArtifactDoor();
});
afterAll(() => door.close());

const at = (path: string) => door.at(path);
const filesAt = (path: string, root?: string) => door.filesAt(path, root);
const put = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(filesAt(path), { method: "PUT", body, headers });
const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe("the proxied tree", () => {
  test("a file goes up and comes down, under both prefixes, whatever its type is called", async () => {
    for (const [type, body] of [
      ["application/json", '{"not": "parsed"'],
      ["text/plain", "text"],
      ["application/x-www-form-urlencoded", "a=b"],
      ["multipart/form-data; boundary=x", "--x"],
    ] as const) {
      const answer = await put("0/types/f.txt", body, { "content-type": type });
      expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
      for (const root of ["api", "ajax-api"]) {
        const down = await fetch(filesAt("0/types/f.txt", root));
        expect(await down.text()).toBe(body);
        expect(down.headers.get("content-type")).toBe("text/plain; charset=utf-8");
        expect(down.headers.get("content-disposition")).toBe("attachment; filename=f.txt");
        expect(down.headers.get("x-content-type-options")).toBe("nosniff");
        expect(down.headers.get("content-length")).toBe(String(body.length));
      }
    }
  });

  test("an upload without a body is an empty file", async () => {
    expect((await fetch(filesAt("0/empty.bin"), { method: "PUT" })).status).toBe(200);
    const down = await fetch(filesAt("0/empty.bin"));
    expect([down.status, down.headers.get("content-length"), await down.text()]).toEqual([200, "0", ""]);
  });

  test("files are not held to the limit on bodies that are read whole", async () => {
    const body = new Uint8Array(40 * 1024 * 1024).fill(7);
    expect((await fetch(filesAt("0/large.bin"), { method: "PUT", body })).status).toBe(200);
    const down = new Uint8Array(await (await fetch(filesAt("0/large.bin"))).arrayBuffer());
    expect(Buffer.compare(down, body)).toBe(0);
  });

  test("ranges, conditions and HEAD", async () => {
    await put("0/range.bin", "0123456789");
    const get = (headers: Record<string, string>, method = "GET") =>
      fetch(filesAt("0/range.bin"), { headers, method });
    const part = await get({ range: "bytes=2-4" });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 2-4/10",
      "234",
    ]);
    const beyond = await get({ range: "bytes=10-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */10"]);
    const etag = part.headers.get("etag") ?? "";
    const unchanged = await get({ "if-none-match": etag });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, ""]);
    const head = await get({}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
    await put("0/range.bin", "abcdefghij");
    const changed = await get({ range: "bytes=2-4", "if-range": etag });
    expect([changed.status, await changed.text()]).toEqual([200, "abcdefghij"]);
  });

  test("a folder is listed by names with sizes; none is an empty answer", async () => {
    await put("0/list/a.txt", "aaa");
    await put("0/list/sub/b.txt", "b");
    const listed = await json(await fetch(at("/api/2.0/mlflow-artifacts/artifacts?path=0/list")));
    expect(listed).toEqual({
      files: [
        { path: "a.txt", is_dir: false, file_size: 3 },
        { path: "sub", is_dir: true },
      ],
    });
    expect(await json(await fetch(at("/api/2.0/mlflow-artifacts/artifacts?path=0/list/a.txt")))).toEqual({});
    expect(await json(await fetch(at("/api/2.0/mlflow-artifacts/artifacts?path=none")))).toEqual({});
    const root = await json(await fetch(at("/api/2.0/mlflow-artifacts/artifacts")));
    expect(root.files).toContainEqual({ path: "0", is_dir: true });
  });

  test("deleting takes a folder; the root stays", async () => {
    await put("0/gone/a.txt", "a");
    expect((await fetch(filesAt("0/gone/"), { method: "DELETE" })).status).toBe(200);
    expect((await fetch(filesAt("0/gone/a.txt"))).status).toBe(404);
    expect((await fetch(filesAt("0/gone"), { method: "DELETE" })).status).toBe(200);
    const root = await fetch(filesAt(""), { method: "DELETE" });
    expect([root.status, (await json(root)).message]).toEqual([400, "Invalid path"]);
  });

  test("what is missing is 404, a folder is 400", async () => {
    await put("0/folder/a.txt", "a");
    const missing = await fetch(filesAt("0/nothing.txt"));
    expect([missing.status, await json(missing)]).toEqual([
      404,
      { error_code: "RESOURCE_DOES_NOT_EXIST", message: "No such artifact: '0/nothing.txt'" },
    ]);
    const folder = await fetch(filesAt("0/folder"));
    expect([folder.status, await json(folder)]).toEqual([
      400,
      {
        error_code: "INVALID_PARAMETER_VALUE",
        message: "Artifact path refers to a directory, not a file: '0/folder'",
      },
    ]);
  });

  test("names that need encoding keep their spelling", async () => {
    for (const name of ["a b+c.txt", "größe ü.txt", "what?.txt", "100%.txt", "a&b;c.txt"]) {
      const url = filesAt(`0/odd/${encodeURIComponent(name)}`);
      expect((await fetch(url, { method: "PUT", body: name })).status, name).toBe(200);
      expect(await (await fetch(url)).text()).toBe(name);
      expect(await readFile(join(door.home, "tree/0/odd", name), "utf8")).toBe(name);
    }
  });

  test("a client that goes away half-way leaves nothing", async () => {
    const socket = connect(door.port, "127.0.0.1");
    socket.write(
      "PUT /api/2.0/mlflow-artifacts/artifacts/0/cut/f.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
    );
    socket.write("x".repeat(300_000));
    const staging = join(door.home, "tree/.runweir-staging");
    await expect.poll(async () => (await readdir(staging)).length).toBe(1);
    socket.destroy();
    await expect.poll(async () => (await readdir(staging)).length).toBe(0);
    expect((await fetch(filesAt("0/cut/f.bin"))).status).toBe(404);
  });
});

describe("files of runs and models", () => {
  test("of a proxied run: listed, uploaded and downloaded", async () => {
    await put("0/proxied/artifacts/plots/a.png", "png");
    const listed = await json(await fetch(at("/api/2.0/mlflow/artifacts/list?run_id=proxied&path=plots")));
    expect(listed).toEqual({
      root_uri: "mlflow-artifacts:/0/proxied/artifacts",
      files: [{ path: "plots/a.png", is_dir: false, file_size: 3 }],
    });
    const down = await fetch(at("/get-artifact?run_id=proxied&path=plots/a.png"));
    expect([down.headers.get("content-type"), await down.text()]).toEqual(["image/png", "png"]);
    const up = await fetch(at("/ajax-api/2.0/mlflow/upload-artifact?run_uuid=proxied&path=x/test.txt"), {
      method: "POST",
      body: "hello world",
    });
    expect([up.status, await up.text()]).toEqual([200, ""]);
    expect(await (await fetch(at("/get-artifact?run_uuid=proxied&path=x/test.txt"))).text()).toBe(
      "hello world",
    );
  });

  test("of a run in an allowed folder, which is made on the first upload", async () => {
    const up = await fetch(at("/ajax-api/2.0/mlflow/upload-artifact?run_uuid=folder&path=test.txt"), {
      method: "POST",
      body: "hello",
    });
    expect(up.status).toBe(200);
    expect(await readFile(join(door.home, "outside/folder/test.txt"), "utf8")).toBe("hello");
    const listed = await json(await fetch(at("/api/2.0/mlflow/artifacts/list?run_uuid=folder")));
    expect(listed.files).toEqual([{ path: "test.txt", is_dir: false, file_size: 5 }]);
  });

  test("pages of a listing", async () => {
    // The limit of a page is far above what a test should write: the token alone is checked to be taken and refused.
    const answer = await fetch(at("/api/2.0/mlflow/artifacts/list?run_id=proxied&page_token=nonsense%21"));
    expect([answer.status, (await json(answer)).error_code]).toEqual([400, "INVALID_PARAMETER_VALUE"]);
  });

  test("of a model", async () => {
    await put("0/models/m-1/artifacts/MLmodel", "flavors: {}");
    const listed = await json(
      await fetch(at("/ajax-api/2.0/mlflow/logged-models/m-1/artifacts/directories")),
    );
    expect(listed.files).toEqual([{ path: "MLmodel", is_dir: false, file_size: 11 }]);
    const file = "/ajax-api/2.0/mlflow/logged-models/m-1/artifacts/files";
    const down = await fetch(at(`${file}?artifact_file_path=MLmodel`));
    expect([down.headers.get("content-type"), await down.text()]).toEqual([
      "text/plain; charset=utf-8",
      "flavors: {}",
    ]);
    expect((await json(await fetch(at(file)))).message).toBe(
      'Request must include the "artifact_file_path" query parameter.',
    );
  });

  test("at a location that is not trusted are refused with what is", async () => {
    const answer = await fetch(at("/api/2.0/mlflow/artifacts/list?run_id=cloud"));
    expect([answer.status, (await json(answer)).message]).toEqual([
      400,
      expect.stringContaining("gs://bucket/0/cloud"),
    ]);
  });

  test("of a model version, wherever it was made, if the place is trusted", async () => {
    await put("0/proxied/artifacts/some/MLmodel", "made");
    const get = (version: string, path: string) =>
      fetch(at(`/model-versions/get-artifact?name=m&version=${version}&path=${path}`));
    const whole = await get("1", "some/MLmodel");
    expect([whole.headers.get("content-disposition"), await whole.text()]).toEqual([
      expect.stringContaining("attachment"),
      "made",
    ]);
    expect(await (await get("2", "MLmodel")).text()).toBe("made");
    for (const untrusted of ["3", "4"]) {
      const answer = await get(untrusted, "MLmodel");
      expect([answer.status, (await json(answer)).message]).toEqual([
        400,
        expect.stringContaining("is not one this server reads"),
      ]);
    }
  });

  test("of nobody are 404", async () => {
    const answer = await fetch(at("/api/2.0/mlflow/artifacts/list?run_id=nobody"));
    expect([answer.status, (await json(answer)).message]).toEqual([404, "Run with id=nobody not found"]);
    const version = await fetch(at("/model-versions/get-artifact?name=m&version=9&path=x"));
    expect([version.status, (await json(version)).message]).toEqual([
      404,
      "Model Version (name=m, version=9) not found",
    ]);
  });
});

describe("upload-artifact refuses", () => {
  const upload = async (query: string, body?: string | Uint8Array<ArrayBuffer>) => {
    const answer = await fetch(at(`/ajax-api/2.0/mlflow/upload-artifact?${query}`), {
      method: "POST",
      body: body ?? null,
    });
    return [answer.status, (await json(answer)).message];
  };

  test("what is missing", async () => {
    expect(await upload("")).toEqual([400, "Request must specify run_uuid."]);
    expect(await upload("run_uuid=proxied")).toEqual([400, "Request must specify path."]);
    expect(await upload("run_uuid=proxied&path=")).toEqual([400, "Request must specify path."]);
    expect(await upload("run_uuid=proxied&path=no.txt")).toEqual([400, "Request must specify data."]);
  });

  test("more than 10 MB, announced or not, and keeps nothing of it", async () => {
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    const endless = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let index = 0; index < 11; index++) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const streamed = await fetch(at("/ajax-api/2.0/mlflow/upload-artifact?run_uuid=proxied&path=big"), {
      method: "POST",
      body: endless,
      duplex: "half",
    } as RequestInit);
    const refused = [400, "Artifact size is too large. Max size is 10MB."];
    expect([streamed.status, (await json(streamed)).message]).toEqual(refused);
    expect(await upload("run_uuid=proxied&path=big", large)).toEqual(refused);
    expect((await fetch(at("/get-artifact?run_id=proxied&path=big"))).status).toBe(404);
    expect(await upload("run_uuid=proxied&path=no.txt", "").then(([, message]) => message)).toBe(
      "Request must specify data.",
    );
  });
});

test("presigned addresses are not given out, in the words that clients go on from", async () => {
  const answer = await fetch(at("/api/2.0/mlflow-artifacts/presigned/0/x"));
  expect([answer.status, await json(answer)]).toEqual([
    501,
    {
      error_code: "NOT_IMPLEMENTED",
      message: "Multipart download is not supported for the current artifact repository",
    },
  ]);
});
