"use client";

import { type ApiProblem, describeError } from "@runweir/web-trpc-client";
import { useState } from "react";
import { useDemoClient } from "../demo-api.ts";

export type DemoLoading =
  | { readonly kind: "idle" }
  /** `runs`: how many there will be; undefined until the server said so. */
  | { readonly kind: "busy"; readonly runs: number | undefined }
  | { readonly kind: "failed"; readonly problem: ApiProblem };

/** Loads the demo project; resolves the press of the button when all of it is written. */
export function useLoadDemo(): { readonly loading: DemoLoading; load(): Promise<void> } {
  const client = useDemoClient();
  const [loading, setLoading] = useState<DemoLoading>({ kind: "idle" });
  return {
    loading,
    async load() {
      setLoading({ kind: "busy", runs: undefined });
      try {
        const { runs } = await client.size.query();
        setLoading({ kind: "busy", runs });
        await client.load.mutate({});
        setLoading({ kind: "idle" });
      } catch (error) {
        setLoading({ kind: "failed", problem: describeError(error) });
      }
    },
  };
}
