/** Users, service accounts and groups as one relation: whom roles and grants are given to. */
export const holderRows = `(
  SELECT 'user' AS kind, u.id AS id, u.username COLLATE "C" AS name, u.name AS "displayName", u.is_disabled AS "isDisabled"
  FROM identity."user" u
  UNION ALL
  SELECT 'service-account', s.account_id, s.name, s.description, s.is_disabled FROM identity.service_account s
  UNION ALL
  SELECT 'group', g.group_id, g.name, g.description, false FROM identity.user_group g
)`;

export const holderColumns = 'h.kind, h.id, h.name, h."displayName", h."isDisabled"';

/** By name; the kind and the id make it unique. */
export const byName = [
  { name: "name", expression: "h.name", type: "text", ascending: true, nullable: false },
  { name: "kind", expression: "h.kind", type: "text", ascending: true, nullable: false },
  { name: "id", expression: "h.id", type: "text", ascending: true, nullable: false },
] as const;

/** What was typed as a part of a text, whatever the case; no character of it stands for others. */
export function printContains(expressions: readonly string[], placeholder: string): string {
  return `(${expressions.map((expression) => `strpos(lower(${expression}), lower(${placeholder})) > 0`).join(" OR ")})`;
}
