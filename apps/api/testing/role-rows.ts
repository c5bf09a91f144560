import { type MatrixRow, type Rest, row } from "./matrix-row.ts";

/** About a role of the workspace that is not there. */
export function roleRows(): Readonly<Record<string, MatrixRow>> {
  const role = { role_id: "default/none" };
  const permission = { role_permission_id: "default/none/none" };
  const named = { username: "nobody-of-that-name" };
  const administers = (body: object) => row("server.manage", { any: true, body });
  const manages = (asked: Rest) => row("workspace.manage", { any: true, ...asked });
  return {
    "POST roles/create": administers({ workspace: "default", name: " " }),
    "PATCH roles/update": administers({ ...role, name: "n" }),
    "DELETE roles/delete": administers(role),
    "POST roles/assign": administers({ ...role, ...named }),
    "DELETE roles/unassign": administers({ ...role, ...named }),
    "GET roles/get": manages({ query: role }),
    "GET roles/list": manages({ query: { workspace: "default" } }),
    "GET roles/users/list": manages({ query: role }),
    "GET roles/permissions/list": manages({ query: role }),
    "POST roles/permissions/add": manages({
      body: { ...role, resource_type: "experiment", resource_pattern: "*", permission: "READ" },
    }),
    "PATCH roles/permissions/update": manages({ body: { ...permission, permission: "READ" } }),
    "DELETE roles/permissions/remove": manages({ body: permission }),
    "GET users/roles/list": manages({ query: named }),
  };
}
