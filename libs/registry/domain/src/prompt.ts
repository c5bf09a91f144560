import type { Tag } from "@runweir/tracking-domain";

/** MLflow keeps prompts as registered models with this tag; searches leave them out unless the filter names the tag. */
export const promptTag = "mlflow.prompt.is_prompt";

/** What clients send as the source of a prompt, which has none. */
const placeholders: readonly string[] = ["dummy-source", "prompt-template"];

export function isPrompt(tags: readonly Tag[]): boolean {
  return tags.findLast(({ key }) => key === promptTag)?.value.toLowerCase() === "true";
}

export function isPromptSource(source: string): boolean {
  return placeholders.includes(source);
}
