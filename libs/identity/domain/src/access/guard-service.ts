import type { Caller } from "../caller.ts";

/**
 * For each method of a service, what its caller has to be allowed, as a function of the other arguments. A method without a
 * rule does not compile.
 */
export type GuardRules<Service, Need> = {
  readonly [Name in keyof Service]: Service[Name] extends (caller: Caller, ...rest: infer Rest) => unknown
    ? (...rest: Rest) => readonly Need[]
    : never;
};

type Method = (caller: Caller, ...rest: readonly unknown[]) => unknown;

/**
 * The same service for those who come from outside: each method asks first, and then does what it did. What a service has
 * got without a rule is not there, whatever its type says.
 */
export function guardService<Service extends object, Need>(
  service: Service,
  rules: GuardRules<Service, Need>,
  require: (caller: Caller, needs: readonly Need[]) => Promise<void>,
): Service {
  const methods = service as Readonly<Record<string, Method>>;
  const guarded = Object.entries<(...rest: readonly unknown[]) => readonly Need[]>(
    rules as Readonly<Record<string, (...rest: readonly unknown[]) => readonly Need[]>>,
  ).map(([name, needsOf]): [string, Method] => [
    name,
    async (caller, ...rest) => {
      await require(caller, needsOf(...rest));
      return methods[name]?.(caller, ...rest);
    },
  ]);
  return Object.fromEntries(guarded) as Service;
}
