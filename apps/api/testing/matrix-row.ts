import type { Permission } from "@runweir/identity-domain";

/** What the rows are about: all of one experiment and one registered model. */
export interface MatrixObjects {
  readonly experimentId: string;
  readonly experimentName: string;
  readonly runId: string;
  readonly loggedModelId: string;
  readonly model: string;
  /** Of a request about that model. */
  readonly requestId: number;
  /** Never given twice. */
  fresh(): string;
}

export interface MatrixRow {
  /** What the object, or the server, is asked for; `any` where there is no object, so that a grant on another one suffices. */
  readonly needs: readonly Permission[];
  readonly any?: true;
  /** What the door asks besides, of anything at all. */
  readonly door?: Permission;
  /** Not with a token that is narrower than its owner. */
  readonly byPassword?: true;
  /** Of several things, of which the answer says one by one what became of them. */
  readonly each?: true;
  /** For the variable parts of the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON; of a tRPC procedure, its input. */
  readonly body?: unknown;
  /** Bytes instead. */
  readonly bytes?: string;
}

export type Rest = Omit<MatrixRow, "needs">;
/** A row with what it needs. */
export const row = (needs: Permission | readonly Permission[], rest: Rest = {}): MatrixRow => ({
  needs: typeof needs === "string" ? [needs] : needs,
  ...rest,
});
