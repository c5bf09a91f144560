import type { WorkspaceRole } from "@runweir/identity-domain";

export const roles = [
  { value: "guest", label: "guest" },
  { value: "viewer", label: "viewer" },
  { value: "member", label: "member" },
  { value: "editor", label: "editor" },
  { value: "admin", label: "admin" },
] as const satisfies readonly { value: WorkspaceRole; label: string }[];
