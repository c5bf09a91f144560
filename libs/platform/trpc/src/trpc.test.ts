import { DomainError } from "@runweir/errors";
import { localOwner } from "@runweir/identity-domain";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { expect, test } from "vitest";
import { z } from "zod";
import { procedure, router } from "./trpc.ts";

const caller = localOwner("r1");

const routes = router({
  name: procedure("experiment.edit")
    .input(z.object({ name: z.string() }))
    .mutation(({ input }) => {
      if (input.name === "taken") throw new DomainError("already_exists", "Taken.", { field: "name" });
      throw new Error("a secret");
    }),
});

async function post(path: string, body: string) {
  const answer = await fetchRequestHandler({
    endpoint: "/trpc",
    req: new Request(`http://host/trpc/${path}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    }),
    router: routes,
    createContext: () => ({ caller }),
  });
  const { error } = (await answer.json()) as {
    error: { message: string; data: { domain: { code: string; field?: string } } };
  };
  return [answer.status, error.data.domain.code, error.data.domain.field, error.message];
}

test.each([
  ["an error of the domain", "name", '{"name":"taken"}', [409, "already_exists", "name", "Taken."]],
  [
    "a wrong input",
    "name",
    '{"name":1}',
    [400, "invalid_argument", "name", expect.stringMatching(/^name: /)],
  ],
  ["a body that is no JSON", "name", "{", [400, "invalid_argument", undefined, expect.anything()]],
  ["a procedure that is not there", "none", "{}", [404, "not_found", undefined, expect.anything()]],
  [
    "a fault of ours",
    "name",
    '{"name":"x"}',
    [500, "internal", undefined, "Something went wrong on the server."],
  ],
])("pages learn of %s", async (_what, path, body, expected) => {
  expect(await post(path, body)).toEqual(expected);
});
