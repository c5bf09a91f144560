import type { Caller } from "@runweir/identity-domain";
import type { GroupCurves, GroupCurvesRequest } from "./group-curves.ts";

/** Reads points of snapshots. Conditions that differ between the engines have been turned into run ids before. */
export interface GroupCurveReader {
  /** Of this snapshot alone, or, without a number, of the newest one together with what was logged since. */
  readGroupCurves(
    caller: Caller,
    request: GroupCurvesRequest,
    snapshot: number | undefined,
  ): Promise<GroupCurves>;
}
