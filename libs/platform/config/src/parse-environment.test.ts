import { expect, test } from "vitest";
import { z } from "zod";
import { parseEnvironment } from "./parse-environment.ts";
import {
  choiceSetting,
  flagSetting,
  listSetting,
  portSetting,
  postgresUrlSetting,
  wholeNumberSetting,
} from "./settings.ts";

const schema = z.object({
  PORT: portSetting(5050),
  WORKERS: wholeNumberSetting({ fallback: 2, min: 1, max: 8 }),
  TESTING: flagSetting(),
  HOSTS: listSetting(),
  LEVEL: choiceSetting(["info", "warn"], "info"),
  DATABASE_URL: postgresUrlSetting().optional(),
});

test("an empty environment gives the defaults", () => {
  expect(parseEnvironment(schema, { PORT: "" })).toEqual({
    PORT: 5050,
    WORKERS: 2,
    TESTING: false,
    HOSTS: [],
    LEVEL: "info",
  });
});

test("values are read as what they are", () => {
  const config = parseEnvironment(schema, { PORT: "0", TESTING: "1", HOSTS: " a.example, ,b.example " });
  expect(config).toMatchObject({ PORT: 0, TESTING: true, HOSTS: ["a.example", "b.example"] });
});

test("each wrong variable gets one sentence: name, found, allowed", () => {
  const parse = () => parseEnvironment(schema, { PORT: "http", WORKERS: "9", LEVEL: "loud" });
  expect(parse).toThrow(
    [
      'PORT is "http"; allowed is a whole number from 0 to 65535.',
      'WORKERS is "9"; allowed is a whole number from 1 to 8.',
      'LEVEL is "loud"; allowed is one of info, warn.',
    ].join("\n"),
  );
});

test("a port that browsers and health checks could not open is refused", async () => {
  const parse = (port: string) => () =>
    parseEnvironment(z.object({ PORT: portSetting(5050) }), { PORT: port });
  expect(parse("5060")).toThrow(
    /^PORT is "5060"; browsers refuse to open this port; allowed is .*other than .*6000/,
  );
  const refused = /other than (.*)\.$/.exec(messageOf(parse("6000")))?.[1] ?? "";
  expect(refused.split(", ")).toHaveLength(19);
  for (const port of refused.split(", "))
    await expect(fetch(`http://127.0.0.1:${port}/`), port).rejects.toMatchObject({
      cause: { message: "bad port" },
    });
  for (const port of ["70000", "-1", "5050.5"])
    expect(parse(port)).toThrow("allowed is a whole number from 0 to 65535.");
});

test("a secret is named but not repeated", () => {
  const parse = () => parseEnvironment(schema, { DATABASE_URL: "mysql://root:hunter2@db" });
  expect(parse).toThrow("DATABASE_URL is set to something else; allowed is an address like postgres://");
  expect(parse).not.toThrow("hunter2");
});

test("a missing variable says so", () => {
  const parse = () => parseEnvironment(z.object({ DATABASE_URL: postgresUrlSetting() }), {});
  expect(parse).toThrow("DATABASE_URL is not set; allowed is an address like");
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
