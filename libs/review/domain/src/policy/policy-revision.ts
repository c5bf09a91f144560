import type { Person } from "../request/review-request.ts";

export interface PolicyRevision {
  /** 1, 2, 3, ... of the workspace. */
  readonly revision: number;
  /** YAML. */
  readonly document: string;
  readonly author: Person;
  readonly time: number;
  /** The request that brought it; undefined where nobody had to be asked. */
  readonly requestId: number | undefined;
}
