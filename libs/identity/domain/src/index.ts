export {
  type Authorizer,
  type Decision,
  localOwnerPolicy,
  type Permission,
  permissions,
  requirePermission,
} from "./authorizer.ts";
export { type Caller, defaultWorkspace, localOwner, type Principal, systemCaller } from "./caller.ts";
