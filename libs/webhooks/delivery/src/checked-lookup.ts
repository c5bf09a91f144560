import { lookup as resolve } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "./is-public-address.ts";

/** A host that no webhook may go to. */
export class ForbiddenHost extends Error {}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface HostRules {
  /** Whether administrators named this host as one that may be private. */
  isPrivateHost(hostname: string): boolean;
  /** How names become addresses; the system's way unless told. */
  readonly resolve?: ((hostname: string) => Promise<readonly ResolvedAddress[]>) | undefined;
}

export function requirePublic(hostname: string, address: string, { isPrivateHost }: HostRules): void {
  if (isPublicAddress(address) || isPrivateHost(hostname)) return;
  const which = hostname === address ? address : `${hostname} (${address})`;
  throw new ForbiddenHost(
    `${which} is not on the public internet. Administrators name private hosts in RUNWEIR_WEBHOOK_PRIVATE_HOSTS.`,
  );
}

/**
 * Resolves a name, checks every address of it, and hands exactly those to whoever connects: between the check and the
 * connection nobody asks for the name again. One private address among public ones is enough to refuse them all.
 */
export function checkedLookup(rules: HostRules): LookupFunction {
  const find = rules.resolve ?? ((hostname: string) => resolve(hostname, { all: true }));
  return (hostname, options, done) => {
    find(hostname).then(
      (addresses) => {
        try {
          for (const { address } of addresses) requirePublic(hostname, address, rules);
        } catch (error) {
          return done(error as Error, "");
        }
        const [first] = addresses;
        if (first === undefined) return done(new Error(`${hostname} has no address.`), "");
        if (options.all)
          done(
            null,
            addresses.map((one) => ({ ...one })),
          );
        else done(null, first.address, first.family);
      },
      (error: unknown) => done(error as Error, ""),
    );
  };
}
