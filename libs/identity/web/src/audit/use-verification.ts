"use client";

import type { AuditPosition } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import type { Problem } from "@runweir/web-ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { useIdentityClient } from "../identity-api.ts";

export type Verification =
  | { readonly state: "none" }
  | { readonly state: "running"; readonly verified: number; readonly of: number }
  | { readonly state: "whole"; readonly verified: AuditPosition | undefined; readonly at: number }
  | { readonly state: "broken"; readonly verified: AuditPosition | undefined; readonly message: string }
  | { readonly state: "failed"; readonly problem: Problem };

/** Verifies the chain stretch by stretch, from its first entry on; ends with the page. */
export function useVerification() {
  const client = useIdentityClient();
  const [verification, setVerification] = useState<Verification>({ state: "none" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const verify = useCallback(async () => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const show = (next: Verification) => {
      if (!abort.signal.aborted) setVerification(next);
    };
    show({ state: "running", verified: 0, of: 0 });
    try {
      for (let after: AuditPosition | undefined; ; ) {
        const stretch = await client.audit.verify.mutate(after === undefined ? {} : { after }, {
          signal: abort.signal,
        });
        const { verified, head, fault } = stretch;
        const known = verified.sequence > 0 ? verified : undefined;
        if (fault) return show({ state: "broken", verified: known, message: fault.message });
        if (verified.sequence >= head.sequence)
          return show({ state: "whole", verified: known, at: Date.now() });
        show({ state: "running", verified: verified.sequence, of: head.sequence });
        after = verified;
      }
    } catch (error) {
      show({ state: "failed", problem: describeError(error) });
    }
  }, [client]);

  return { verification, verify };
}
