import type { Caller } from "@runweir/identity-domain";

/** Who changes something, when, why and by which request: what history and events say of it. */
export interface Change {
  readonly actor: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly reason?: string | undefined;
  readonly requestId?: string | undefined;
}

export function changeOf({ principal, requestId }: Caller, now: number, reason?: string): Change {
  return { actor: { id: principal.id, name: principal.name }, now, reason, requestId };
}
