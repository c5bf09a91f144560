import { DomainError } from "@runweir/errors";
import type { Caller } from "../caller.ts";
import type { AuditEvent, AuditLog } from "./audit-entry.ts";
import { createSaidLately } from "./said-lately.ts";

/**
 * For each method of a service that is entered: what is, found out before it is done; undefined where it would change nothing.
 */
export type AuditRules<Service> = {
  readonly [Name in keyof Service]?: Service[Name] extends (caller: Caller, ...rest: infer Rest) => unknown
    ? (service: Service, caller: Caller, ...rest: Rest) => Promise<AuditEvent | undefined>
    : never;
};

/** Does work on a service in one transaction, into which `enter` enters. */
export type AuditedTransaction<Service> = <T>(
  work: (service: Service, enter: (caller: Caller, event: AuditEvent) => Promise<unknown>) => Promise<T>,
) => Promise<T>;

type Method = (caller: Caller, ...rest: readonly unknown[]) => Promise<unknown>;
type Describe = (
  service: object,
  caller: Caller,
  ...rest: readonly unknown[]
) => Promise<AuditEvent | undefined>;

/** The same service, whose changes and the entries about them are both there or neither. */
export function auditService<Service extends object>(
  service: Service,
  rules: AuditRules<Service>,
  inTransaction: AuditedTransaction<Service>,
): Service {
  return withMethods(service, rules, (name, describe) => async (caller, ...rest) => {
    const event = await describe(service, caller, ...rest).catch(holdFailure);
    if (event === undefined) return methodOf(service, name)(caller, ...rest);
    return inTransaction(async (inside, enter) => {
      const result = await methodOf(inside, name)(caller, ...rest);
      // The method has its own words for what is not there. What it does not mind cannot be entered, so it does not happen.
      if (event instanceof Failure) throw event.cause;
      await enter(caller, event);
      return result;
    });
  });
}

/**
 * A guarded service, whose refusals of what would be entered are entered too, the same once a minute. Who may do such a thing
 * nowhere is refused before they come here (`enterDoorRefusals`).
 */
export function auditRefusals<Service extends object>(
  guarded: Service,
  rules: AuditRules<Service>,
  options: {
    /** Asks nobody whether they may; finds out what it would have been done to. */
    readonly bare: Service;
    readonly log: AuditLog;
    readonly clock: { now(): number };
  },
): Service {
  const wasSaid = createSaidLately(options.clock);

  async function enter(caller: Caller, describe: () => Promise<AuditEvent | undefined>, refused: string) {
    const event = await describe();
    if (event === undefined) return;
    const { kind, id } = caller.principal;
    if (wasSaid([kind, id, caller.workspace, event.action, event.object.id])) return;
    await options.log.append(caller, { ...event, after: { refused } });
  }

  return withMethods(guarded, rules, (name, describe) => async (caller, ...rest) => {
    try {
      return await methodOf(guarded, name)(caller, ...rest);
    } catch (error) {
      // They are told of the refusal in any case.
      if (error instanceof DomainError && error.code === "permission_denied")
        await enter(caller, () => describe(options.bare, caller, ...rest), error.message).catch(() => {});
      throw error;
    }
  });
}

class Failure {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

function holdFailure(cause: unknown): Failure {
  return new Failure(cause);
}

function methodOf(service: object, name: string): Method {
  return (service as Readonly<Record<string, Method>>)[name] as Method;
}

function withMethods<Service extends object>(
  service: Service,
  rules: AuditRules<Service>,
  make: (name: string, describe: Describe) => Method,
): Service {
  const described = Object.entries(rules) as [string, Describe][];
  return { ...service, ...Object.fromEntries(described.map(([name, rule]) => [name, make(name, rule)])) };
}
