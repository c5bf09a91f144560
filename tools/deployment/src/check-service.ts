import type { Service } from "./compose-file.ts";

/** A variable without which Compose refuses to start, and no default. */
const demanded = /\$\{[A-Z0-9_]+:\?[^}]+\}/;
const secretName = /PASSWORD|SECRET|TOKEN|PRIVATE/;
const listensAnywhere = /(^|[^0-9.])0\.0\.0\.0\b|\[::\]|:\/\/:\d|(^|=|\s):\d{2,5}$/;

/** A tag that names a version; `latest` and a missing tag are whatever was pushed last. */
const pinned = /:v?\d+(\.\d+)*(-[a-z0-9.]+)?$/;

/** What is wrong with a service by the house's rules, one sentence each. */
export function checkService(name: string, service: Service): readonly string[] {
  const environment = Object.entries(service.environment ?? {}).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
  const { cpus, memory } = service.deploy?.resources?.limits ?? {};
  const oneShot = isOneShot(service);
  const passwords = [...environment.map(([, value]) => value), ...[service.command ?? []].flat()]
    .map((value) => /:\/\/[^:/@\s]+:([^@\s]+)@/.exec(String(value))?.[1])
    .filter((password) => password !== undefined);
  return [
    [!service.image === !service.build, "has to have either an image or a build"],
    [
      service.image !== undefined && !pinned.test(service.image),
      `runs ${service.image}, which is not pinned`,
    ],
    [service.network_mode !== "host", "does not use the host's network, whose loopback is the only wall"],
    [service.ports !== undefined, "publishes ports, which host networking does not do"],
    [cpus === undefined || memory === undefined, "has no limit of cpus and memory"],
    [!oneShot && service.healthcheck === undefined, "has no health check"],
    [!oneShot && service.restart !== "unless-stopped", "does not come back after a crash"],
    [!oneShot && service.stop_grace_period === undefined, "does not say how long it may take to stop"],
    [
      environment.some(([key, value]) => secretName.test(key) && !isFlag(value) && !demanded.test(value)),
      "has a secret that is not a variable with `:?` and a reason",
    ],
    [
      passwords.some((password) => !demanded.test(password)),
      "has a password in an address that is not a variable with `:?` and a reason",
    ],
    [
      [...environment.map(([, value]) => String(value)), ...[service.command ?? []].flat()].some((value) =>
        listensAnywhere.test(value),
      ),
      "listens on more than the loopback",
    ],
  ].flatMap(([wrong, sentence]) => (wrong ? [`${name} ${sentence}.`] : []));
}

/** Runs to its end and is not started again when it ended well. */
export function isOneShot(service: Service): boolean {
  return service.restart === "no" || service.restart?.startsWith("on-failure") === true;
}

function isFlag(value: string): boolean {
  return value === "true" || value === "false";
}
