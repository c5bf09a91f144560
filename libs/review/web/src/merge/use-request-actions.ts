"use client";

import { describeError } from "@runweir/web-trpc-client";
import { useToast } from "@runweir/web-ui";
import { useRouter } from "next/navigation";
import { type RequestView, useReviewClient } from "../review-api.ts";

/** What the merge box does. Each says what it was decided upon, so that the server refuses what has changed meanwhile. */
export function useRequestActions({ request }: RequestView, onChanged: () => Promise<unknown>) {
  const client = useReviewClient();
  const toast = useToast();
  const router = useRouter();
  const { requestId, headDigest } = request;
  const attempt = async (what: string, act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      toast({ title: what, description: describeError(error).message, tone: "bad" });
    }
    await onChanged();
  };
  return {
    publish: () => attempt("It is still a draft", () => client.requests.publish.mutate({ requestId })),
    reopen: () => attempt("It stays as it is", () => client.requests.reopen.mutate({ requestId })),
    /** With a reason it breaks the glass. */
    async apply(overrideReason?: string) {
      await client.requests.merge.mutate({
        requestId,
        headDigest,
        ...(overrideReason === undefined ? {} : { overrideReason }),
      });
      await onChanged();
    },
    async reject(reason: string) {
      await client.verdicts.reject.mutate({ requestId, reason });
      await onChanged();
    },
    async close(reason?: string) {
      await client.requests.close.mutate({ requestId, ...(reason ? { reason } : {}) });
      await onChanged();
    },
    async revert() {
      const opened = await client.requests.revert.mutate({ requestId });
      router.push(`/reviews/${opened.requestId}`);
    },
  };
}
