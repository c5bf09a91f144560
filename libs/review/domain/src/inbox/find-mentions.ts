const mentionsMax = 20;

/** Names after `@` in a text, outside of code; each once. Whether there is anybody of that name, others know. */
export function findMentions(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/```[\s\S]*?(```|$)|`[^`\n]*`/g, " ");
  const names = [...prose.matchAll(/(?<![\w@/.])@([A-Za-z0-9][\w.-]{0,99})/g)].map(([, name = ""]) =>
    name.replace(/[.-]+$/, ""),
  );
  return [...new Set(names)].slice(0, mentionsMax);
}
