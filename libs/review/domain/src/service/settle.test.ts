import { expect, test } from "vitest";
import { openRequest, verdict } from "../../testing/requests.ts";
import { openPolicy } from "../policy/policy.ts";
import type { RequestState } from "../request/transition-table.ts";
import { settle } from "./settle.ts";

const policy = { ...openPolicy, approvals: { count: 1, groups: [], roles: {} }, dismiss_stale: true };
const approval = verdict("owner", { headDigest: "seen" });

/** The state after a look at a request that one owner approved as `seen`. */
function settled(state: RequestState, headDigest: string): RequestState {
  const request = { ...openRequest, state, headDigest: "seen" };
  return settle(request, { policy, revision: 1, owners: [], headDigest }, [approval], 0).state;
}

test.each<[RequestState, RequestState, RequestState]>([
  // as it was, with the head that was approved, with another
  ["open", "approved", "open"],
  ["approved", "approved", "open"],
  ["queued", "queued", "open"],
  ["draft", "draft", "draft"],
  ["rolling_out", "rolling_out", "rolling_out"],
  ["applied", "applied", "applied"],
  ["closed", "closed", "closed"],
])("one that is %s is %s while its approval is of its head, and %s when it is not", (state, same, other) => {
  expect([settled(state, "seen"), settled(state, "pushed")]).toEqual([same, other]);
});
