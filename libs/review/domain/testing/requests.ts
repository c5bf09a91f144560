import type { ReviewRequest, Verdict } from "../src/request/review-request.ts";

export const person = (id: string) => ({ kind: "user", id, name: id });
export const champion = { kind: "alias", alias: "champion" } as const;

/** An open request to move @champion from version 1 to 2, its head being `head`. */
export const openRequest: ReviewRequest = {
  requestId: 1,
  subject: { kind: "moves", model: "m", moves: [{ target: champion, from: 1, to: 2 }] },
  title: "t",
  body: "",
  author: person("author"),
  candidateBy: person("author"),
  reviewers: [],
  state: "open",
  headDigest: "head",
  policy: { name: "p", revision: 1 },
  owners: [],
  revertOf: undefined,
  preapprovedUntil: undefined,
  creationTime: 0,
  lastUpdateTime: 0,
  endTime: undefined,
  appliedBy: undefined,
};

let verdictId = 0;
/** An approval of `head`. */
export const verdict = (id: string, more: Partial<Verdict> = {}): Verdict => ({
  verdictId: ++verdictId,
  reviewer: person(id),
  kind: "approve",
  body: "",
  headDigest: "head",
  groups: [],
  role: "editor",
  time: 0,
  ...more,
});
