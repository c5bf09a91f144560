import { DomainError } from "@runweir/errors";
import { anonymous, type Caller, localOwner, noRights } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/index.ts";

function ann(role: "viewer" | "editor"): Caller {
  return {
    ...localOwner("r"),
    principal: { kind: "user", id: "u1", name: "ann" },
    rights: { ...noRights, role },
  };
}

/** A server with a stream that never ends by itself, and a write that is answered when the test says so. */
function start(state: { caller: Caller | "gone" | "unknown" }) {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const server = startTestServer({
    identify: () => {
      if (state.caller === "gone") throw new DomainError("unauthenticated", "Revoked.");
      if (state.caller === "unknown") throw new DomainError("unavailable", "The database does not answer.");
      return state.caller;
    },
    routes(scope) {
      scope.get("/stream", { config: { permission: "experiment.edit" } }, (_request, reply) => {
        reply.raw.writeHead(200, { "content-type": "text/plain" });
        reply.raw.write("begun\n");
        return reply.hijack();
      });
      scope.post("/write", { config: { permission: "experiment.edit" } }, async () => {
        begin();
        await answered;
        return "done";
      });
    },
  });
  return { server, answer, begun };
}

async function open(url: string): Promise<{ readonly ended: Promise<string> }> {
  const answer = await fetch(`${url}/stream`);
  const reader = answer.body?.getReader();
  await reader?.read();
  const ended = async () => {
    await reader?.read();
    return "ended";
  };
  return { ended: ended().catch(() => "cut") };
}

test.each<[string, Caller | "gone"]>([
  ["whose session ended", "gone"],
  ["who may not do such things any more", ann("viewer")],
  ["whose credentials are another's by now", { ...ann("editor"), principal: anonymous("r").principal }],
])("a stream of somebody %s is cut off", async (_who, next) => {
  const state: { caller: Caller | "gone" | "unknown" } = { caller: ann("editor") };
  await using server = await start(state).server;
  const stream = await open(server.url);
  state.caller = next;
  expect(await stream.ended).toBe("cut");
});

test("a stream goes on while it cannot be asked who its caller is", async () => {
  const state: { caller: Caller | "gone" | "unknown" } = { caller: ann("editor") };
  await using server = await start(state).server;
  const [stream, asked] = [await open(server.url), { times: 0 }];
  Object.defineProperty(state, "caller", {
    get: () => {
      asked.times += 1;
      return asked.times < 3 ? "unknown" : "gone";
    },
  });
  expect(await stream.ended).toBe("cut");
  expect(asked.times).toBe(3);
});

test("who ends their own session is told so", async () => {
  let asked = 0;
  const state: { caller: Caller | "gone" | "unknown" } = { caller: ann("editor") };
  const { server: starting, answer, begun } = start(state);
  await using server = await starting;
  const written = fetch(`${server.url}/write`, { method: "POST" });
  await begun;
  const stream = await open(server.url);
  Object.defineProperty(state, "caller", {
    get: () => {
      asked += 1;
      // Both have been asked about once.
      if (asked === 2) answer();
      return "gone";
    },
  });
  expect(await stream.ended).toBe("cut");
  expect(await (await written).text()).toBe("done");
});
