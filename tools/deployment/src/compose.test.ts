import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnvironment, portSetting } from "@runweir/config";
import { zones } from "@runweir/web-zones";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { checkService, isOneShot } from "./check-service.ts";
import { composeText, dockerFolder, readComposeFile, root } from "./compose-file.ts";
import { readKnownSettings } from "./known-settings.ts";
import { validateCompose } from "./validate-compose.ts";

const compose = readComposeFile();
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const portOf = (name: string) =>
  ["RUNWEIR_PORT", "RUNWEIR_INGEST_PORT", "RUNWEIR_WAREHOUSE_PORT", "PORT"]
    .map((key) => compose.services[name]?.environment?.[key])
    .find((port) => port !== undefined);

test("the file is valid by the Compose specification", () => {
  expect(validateCompose(parse(composeText, { merge: true }))).toEqual([]);
});

const plugin = spawnSync("docker", ["compose", "version"]).status === 0;
if (!plugin)
  console.warn("SKIPPED, `docker compose config`: Docker's CLI with its compose plugin is not installed");

test.skipIf(!plugin)("Docker's own CLI takes the file, and refuses it without passwords", () => {
  const config = (environment: Readonly<Record<string, string>>) =>
    spawnSync(
      "docker",
      ["compose", "--env-file", "/dev/null", "-f", join(dockerFolder, "compose.yaml"), "config", "-q"],
      {
        env: {
          PATH: process.env.PATH,
          DOCKER_CONFIG: process.env.DOCKER_CONFIG,
          HOME: process.env.HOME,
          ...environment,
        },
        encoding: "utf8",
      },
    );
  const given = config({
    RUNWEIR_POSTGRES_PASSWORD: "a",
    RUNWEIR_OBJECT_STORE_SECRET: "b",
    RUNWEIR_SECRET_KEY: "c",
  });
  expect(given.stderr).toBe("");
  expect(given.status).toBe(0);
  expect(config({ RUNWEIR_POSTGRES_PASSWORD: "a", RUNWEIR_SECRET_KEY: "c" }).stderr).toContain(
    "RUNWEIR_OBJECT_STORE_SECRET",
  );
});

test("every service keeps the rules", () => {
  expect(services.flatMap(([name, service]) => checkService(name, service))).toEqual([]);
});

test("what would listen for everybody if it were not told otherwise is told", () => {
  const environmentOf = (name: string) => compose.services[name]?.environment ?? {};
  expect(compose.services.postgres?.command).toContain("-clisten_addresses=127.0.0.1");
  expect(compose.services.prometheus?.command).toContain("--web.listen-address=127.0.0.1:5031");
  expect(environmentOf("grafana").GF_SERVER_HTTP_ADDR).toBe("127.0.0.1");
  expect(environmentOf("object-store").VGW_PORT).toMatch(/^127\.0\.0\.1:\d+$/);
  for (const listener of environmentOf("kafka").KAFKA_LISTENERS!.split(","))
    expect(listener).toMatch(/^[A-Z]+:\/\/127\.0\.0\.1:\d+$/);
  for (const zone of Object.keys(zones)) expect(environmentOf(zone).HOSTNAME).toBe("127.0.0.1");
  const proxy = readFileSync(join(dockerFolder, "haproxy/haproxy.cfg"), "utf8");
  const bound = [...proxy.matchAll(/^\s*bind (.*)$/gm)].map(([, address]) => address);
  expect(bound).toEqual(["127.0.0.1:5050", "127.0.0.1:5049"]);
});

test("the team's deployment is whole", () => {
  const builds = ours.map(([name, { build }]) =>
    `${name} ${build?.dockerfile} ${build?.args?.ZONE ?? ""}`.trim(),
  );
  expect(builds.sort()).toEqual(
    [
      ...["api-1", "api-2"].map((name) => `${name} docker/api.Dockerfile`),
      ...["ingest-1", "ingest-2"].map((name) => `${name} docker/ingest.Dockerfile`),
      "warehouse docker/warehouse.Dockerfile",
      ...Object.keys(zones).map((zone) => `${zone} docker/zone.Dockerfile ${zone}`),
    ].sort(),
  );
  expect(services.map(([name]) => name)).toEqual(
    expect.arrayContaining(["postgres", "kafka", "object-store", "bucket", "proxy"]),
  );
});

test("every build has its Dockerfile, and every mounted file is there", () => {
  for (const [name, { build }] of ours)
    expect(existsSync(resolve(dockerFolder, build!.context, build!.dockerfile)), name).toBe(true);
  for (const [name, { volumes = [] }] of services)
    for (const volume of volumes) {
      const [source = ""] = volume.split(":");
      if (source.startsWith("."))
        expect(existsSync(resolve(dockerFolder, source)), `${name}: ${source}`).toBe(true);
      else expect(Object.keys(compose.volumes), name).toContain(source);
    }
  const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0]));
  expect(Object.keys(compose.volumes).filter((volume) => !mounted.includes(volume))).toEqual([]);
});

test("services are waited for in the way they can be", () => {
  for (const [name, { depends_on: needs = {} }] of services) {
    const entries = Array.isArray(needs)
      ? needs.map((need) => [String(need), "service_started"] as const)
      : Object.entries(needs).map(([need, how]) => [need, how?.condition] as const);
    for (const [need, condition] of entries) {
      const needed = compose.services[need];
      expect(needed, `${name} needs ${need}`).toBeDefined();
      if (isOneShot(needed!)) expect(condition, `${name}, ${need}`).toBe("service_completed_successfully");
    }
  }
});

test("every setting is one that a service reads", () => {
  const known = readKnownSettings();
  expect(known).toContain("RUNWEIR_ARTIFACT_ROOT");
  const used = ours.flatMap(([, { environment = {} }]) => Object.keys(environment));
  const unknown = used.filter((key) => key.startsWith("RUNWEIR_") && !known.has(key));
  expect([...new Set(unknown)]).toEqual([]);
});

test("every variable to be chosen is explained in the README", () => {
  const readme = readFileSync(join(dockerFolder, "README.md"), "utf8");
  const asked = [...composeText.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name!);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((name) => !readme.includes(name))).toEqual([]);
});

test("no two services share a port, and the proxy and the APIs find whom they ask", () => {
  const ports = ours.map(([name]) => portOf(name));
  expect(ports).not.toContain(undefined);
  expect(new Set(ports).size).toBe(ports.length);
  // Node's fetch, by which they are asked whether they are well, and browsers refuse some.
  for (const port of ports)
    expect(() => parseEnvironment(z.object({ PORT: portSetting(0) }), { PORT: port! })).not.toThrow();
  const proxy = readFileSync(join(dockerFolder, "haproxy/haproxy.cfg"), "utf8");
  const asked = [...proxy.matchAll(/^\s*server (\S+) 127\.0\.0\.1:(\d+)/gm)].map(([, name, port]) => [
    name,
    port,
  ]);
  expect(asked).toEqual([
    ["api-1", portOf("api-1")],
    ["api-2", portOf("api-2")],
  ]);
  for (const api of ["api-1", "api-2"])
    expect(compose.services[api]?.environment?.RUNWEIR_WAREHOUSE_URL).toBe(
      `http://127.0.0.1:${portOf("warehouse")}`,
    );
  for (const api of ["api-1", "api-2"])
    for (const zone of Object.keys(zones))
      expect(compose.services[api]?.environment?.[`RUNWEIR_ZONE_${zone.toUpperCase()}`]).toBe(
        `http://127.0.0.1:${portOf(zone)}`,
      );
});

test("the broker is the one that the tests run against", () => {
  const pom = readFileSync(join(root, "tools/kafka/pom.xml"), "utf8");
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1];
  expect(compose.services.kafka?.image).toBe(`apache/kafka:${version}`);
  expect(compose.services.kafka?.environment?.KAFKA_AUTO_CREATE_TOPICS_ENABLE).toBe("false");
});
