import { requireName, requireText, type Tag } from "@runweir/tracking-domain";
import { limits } from "./limits.ts";

export function requireTag({ key, value }: Tag): Tag {
  return { key: requireName("key", key, "key"), value: requireText("value", value, limits.tagValue) };
}

/** The last one of a key wins. */
export function requireTags(tags: readonly Tag[]): readonly Tag[] {
  return [...new Map(tags.map((tag) => [tag.key, requireTag(tag)])).values()];
}
