import { type ReadValue, readText } from "../wire/field-values.ts";
import { required } from "../wire/message.ts";

/** Text by the protocol; people who call it by hand write the number. */
const readVersionNumber: ReadValue<string> = (value, at) =>
  Number.isSafeInteger(value) ? String(value) : readText(value, at);

export const versionNumber = required(readVersionNumber);
