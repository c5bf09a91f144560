import { expect, test } from "vitest";
import { checkService } from "./check-service.ts";
import type { Service } from "./compose-file.ts";
import { validateCompose } from "./validate-compose.ts";

const variable = (inner: string) => `$\{${inner}}`;

const good: Service = {
  image: "postgres:18",
  network_mode: "host",
  restart: "unless-stopped",
  stop_grace_period: "1m",
  healthcheck: { test: ["CMD", "true"] },
  environment: {
    PASSWORD: variable("PASSWORD:?choose one"),
    URL: `postgres://u:${variable("PASSWORD:?choose one")}@127.0.0.1/d`,
  },
  deploy: { resources: { limits: { cpus: "1", memory: "1g" } } },
};

test("a service that keeps the rules is let through", () => {
  expect(checkService("db", good)).toEqual([]);
  const { healthcheck: _, stop_grace_period: __, ...rest } = good;
  expect(checkService("once", { ...rest, restart: "on-failure:5" })).toEqual([]);
});

test.each<[string, Partial<Service>]>([
  ["an image or a build", { build: { context: "..", dockerfile: "a" } }],
  ["not pinned", { image: "postgres" }],
  ["not pinned", { image: "postgres:latest" }],
  ["host's network", { network_mode: "bridge" }],
  ["publishes ports", { ports: ["5050:5050"] }],
  ["no limit", { deploy: { resources: { limits: { cpus: "1" } } } }],
  ["come back after a crash", { restart: "always" }],
  ["a secret", { environment: { DB_PASSWORD: "postgres" } }],
  ["a secret", { environment: { DB_PASSWORD: variable("DB_PASSWORD:-postgres") } }],
  ["a password in an address", { environment: { URL: "postgres://u:postgres@127.0.0.1/d" } }],
  ["more than the loopback", { environment: { LISTENERS: "PLAINTEXT://0.0.0.0:9092" } }],
  ["more than the loopback", { environment: { LISTENERS: "PLAINTEXT://:9092" } }],
  ["more than the loopback", { environment: { PORT: ":7070" } }],
  ["more than the loopback", { command: ["--web.listen-address=:9090"] }],
])("%s: %j is found", (problem, change) => {
  expect(checkService("db", { ...good, ...change }).join(" ")).toContain(problem);
});

test("what is left out is found", () => {
  for (const key of ["healthcheck", "stop_grace_period", "restart", "deploy"] as const) {
    const { [key]: _, ...rest } = good;
    expect(checkService("db", rest).length, key).toBeGreaterThan(0);
  }
});

test("the schema refuses what Compose refuses", () => {
  expect(validateCompose({ services: { db: { image: "postgres:18" } } })).toEqual([]);
  expect(validateCompose({ services: { db: { imagge: "postgres:18" } } })).not.toEqual([]);
  expect(validateCompose({ services: { db: { healthcheck: { test: ["CMD", { a: 1 }] } } } })).not.toEqual([]);
});
