export { appendAudit } from "./audit/append-audit.ts";
export { createAuditLog } from "./audit/audit-log.ts";
export { createAuditStore } from "./audit/audit-store.ts";
export { createDirectoryStore } from "./directory/directory-store.ts";
export { identityMigrations } from "./migrations-folder.ts";
export { createRightsReader } from "./rights/rights-reader.ts";
export { rotateSecrets } from "./secrets/rotate-secrets.ts";
export type { SecretHead, SecretPlace } from "./secrets/secret-place.ts";
export { createSecretStore, deleteSecret, listSecrets, type SecretStore } from "./secrets/secret-store.ts";
