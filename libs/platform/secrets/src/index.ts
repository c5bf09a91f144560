export { type InstanceKey, type InstanceKeys, parseInstanceKeys } from "./instance-keys.ts";
export { type InstanceKeyPlace, keepKeyFile, keyFileOf, readInstanceKeys } from "./read-instance-keys.ts";
export { createSecretBox, type SecretBox } from "./secret-box.ts";
export { SecretText } from "./secret-text.ts";
