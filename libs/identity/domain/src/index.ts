export { type Decision, decide, type SecuredObject } from "./access/decide.ts";
export { type GuardRules, guardService } from "./access/guard-service.ts";
export { goesByName, isAlikeForAll } from "./access/is-alike-for-all.ts";
export { checkPattern, matchesPattern } from "./access/name-pattern.ts";
export { type ObjectFilter, type ObjectNames, readable } from "./access/object-filter.ts";
export { type Level, levels, type Permission, permissionNames, permissions } from "./access/permission.ts";
export { RecentValues } from "./access/recent-values.ts";
export { requirePermission } from "./access/require-permission.ts";
export { requireRename } from "./access/require-rename.ts";
export {
  everyRight,
  type Grant,
  type GrantHolder,
  type GrantTarget,
  holdsRole,
  noRights,
  type Rights,
  roleOf,
  type TokenScope,
  type UsedScope,
  type WorkspaceRole,
  workspaceRoles,
} from "./access/rights.ts";
export type { RightsReader } from "./access/rights-reader.ts";
export { type AuditAction, auditActionNames, auditActions } from "./audit/audit-action.ts";
export type { AuditEntry, AuditEvent, AuditLog, AuditPosition, Json } from "./audit/audit-entry.ts";
export { type AuditReading, createAuditReading } from "./audit/audit-reading.ts";
export {
  type AuditedTransaction,
  type AuditRules,
  auditRefusals,
  auditService,
} from "./audit/audit-service.ts";
export type { AuditFilter, AuditPerson, AuditStore, ChainProgress } from "./audit/audit-store.ts";
export { type ChainFault, describeFault } from "./audit/chain-fault.ts";
export { composeEntry } from "./audit/compose-entry.ts";
export { type EnterRefusal, enterDoorRefusals } from "./audit/door-refusals.ts";
export { genesisHash } from "./audit/hash-entry.ts";
export { chainStart, verifyChain } from "./audit/verify-chain.ts";
export {
  anonymous,
  type Caller,
  defaultWorkspace,
  localOwner,
  type Origin,
  type Principal,
  systemCaller,
} from "./caller.ts";
export type {
  AccessExplainer,
  Consideration,
  Explanation,
} from "./directory/access-explainer.ts";
export { createDirectory, type Directory, type ExperimentNames } from "./directory/directory.ts";
export type {
  GrantDraft,
  Group,
  Holder,
  HolderId,
  Member,
  Membership,
  Page,
  PageRequest,
  RoleSource,
  ServiceAccount,
  StoredGrant,
  Workspace,
} from "./directory/directory-records.ts";
export type {
  Audited,
  DirectoryStore,
  GrantStore,
  GroupStore,
  HolderStore,
  MemberStore,
  ServiceAccountStore,
  WorkspaceStore,
} from "./directory/directory-store.ts";
export { checkEmail, checkPassword, checkPersonName, checkUsername } from "./people/check-user.ts";
export type { Invitation, IssuedLink, Links, NewInvitation } from "./people/links.ts";
export type { OwnAccount } from "./people/own-account.ts";
export type { Session, Sessions } from "./people/session.ts";
export type { ApiToken, ApiTokens, NewToken, OwnedToken, TokenOwner } from "./people/token.ts";
export type { NewUser, User, UserChanges, Users } from "./people/user.ts";
