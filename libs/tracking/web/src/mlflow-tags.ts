import type { Tag } from "@runweir/tracking-trpc";

/** Tags MLflow itself gives a meaning. */
export const noteTag = "mlflow.note.content";

/** Tags that people gave, without the ones that clients write on their own. */
export function ownTags(tags: readonly Tag[]): readonly Tag[] {
  return tags.filter(({ key }) => !key.startsWith("mlflow."));
}

export function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
