import type { NewestLoad } from "@runweir/registry-trpc";
import { formatCount, RelativeTime } from "@runweir/web-ui";
import { targetWords } from "../target.ts";
import { kindWords } from "./load-words.ts";

/** Who loaded a model last, and how many others lately did. */
export function NewestLoader({ load }: { readonly load: NewestLoad | undefined }) {
  if (load === undefined) return <span className="text-ink-3">nobody lately</span>;
  const { loader, otherLoaders, lastTime, version, via, client } = load;
  const others = otherLoaders > 0 ? `and ${formatCount(otherLoaders)} more` : undefined;
  const said = [
    `${loader.name}${kindWords(loader) ? `, ${kindWords(loader)}` : ""}`,
    `version ${version}${via ? ` as ${targetWords(via)}` : ""}`,
    ...(client ? [`with ${client}`] : []),
  ].join("\n");
  return (
    <span className="flex min-w-0 gap-1.5" title={said}>
      <span className="min-w-0 truncate">{loader.name}</span>
      {others && <span className="shrink-0 text-ink-3">{others}</span>}
      <RelativeTime at={lastTime} className="ml-auto shrink-0 text-ink-3" />
    </span>
  );
}
