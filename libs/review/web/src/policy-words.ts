import type { RequestView } from "./review-api.ts";

type Policy = Pick<
  RequestView["policy"],
  | "approvals"
  | "checks"
  | "no_self_approval"
  | "dismiss_stale"
  | "require_current_base"
  | "require_resolved_threads"
  | "freeze_windows"
>;

/** What a policy asks for, in the order in which people look for it. */
export function policyWords(policy: Policy): string {
  const { count, groups, roles } = policy.approvals;
  const frozen = policy.freeze_windows.length;
  return [
    `${count} approval${count === 1 ? "" : "s"}`,
    ...groups.map((one) => `${one.count} of ${one.group}`),
    ...Object.entries(roles).map(([role, needed]) => `${needed} of role ${role}`),
    ...(policy.no_self_approval ? ["no self-approval"] : []),
    ...(policy.dismiss_stale ? ["approvals go stale"] : []),
    ...(policy.require_current_base ? ["base must be current"] : []),
    ...(policy.require_resolved_threads ? ["threads resolved"] : []),
    ...(policy.checks.length > 0 ? [`checks ${policy.checks.join(", ")}`] : []),
    ...(frozen > 0 ? [`${frozen} freeze window${frozen === 1 ? "" : "s"}`] : []),
  ].join(", ");
}
