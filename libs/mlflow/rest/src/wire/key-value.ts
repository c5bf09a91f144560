import type { Tag } from "@runweir/tracking-domain";
import { type ReadValue, readRecord, readText } from "./field-values.ts";
import { missingValue } from "./refused-value.ts";

/** A tag or a param: the key must be there, an absent value is an empty one. */
export const readKeyValue: ReadValue<Tag> = (value, at) => {
  const record = readRecord(value, at);
  const key = record.key ?? "";
  if (key === "") throw missingValue(`${at}.key`);
  return { key: readText(key, `${at}.key`), value: readText(record.value ?? "", `${at}.value`) };
};
