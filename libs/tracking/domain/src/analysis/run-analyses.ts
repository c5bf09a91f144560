import type { Caller } from "@runweir/identity-domain";
import type { GroupCurves, GroupCurvesRequest } from "./group-curves.ts";
import type { Importance, ImportanceRequest } from "./importance.ts";
import type { RunTable, RunTableRequest } from "./run-table.ts";

/** Questions to many runs at once. Every method rejects with a DomainError written for the person who asked. */
export interface RunAnalyses {
  getRunTable(caller: Caller, request: RunTableRequest): Promise<RunTable>;
  /** Needs the warehouse: `unavailable` without one. */
  getGroupCurves(caller: Caller, request: GroupCurvesRequest): Promise<GroupCurves>;
  getImportance(caller: Caller, request: ImportanceRequest): Promise<Importance>;
}
