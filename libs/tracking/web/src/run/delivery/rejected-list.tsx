import type { Delivery } from "@runweir/tracking-trpc";
import { Badge, formatBytes, formatCount, RelativeTime } from "@runweir/web-ui";

/** The newest batches that were accepted and could not be applied. They are kept until somebody replays or deletes them. */
export function RejectedList({
  batches,
  total,
}: {
  readonly batches: Delivery["rejectedBatches"];
  readonly total: number;
}) {
  return (
    <section aria-label="Rejected batches">
      <ul>
        {batches.map((batch, index) => (
          <li
            // Several may be rejected for one reason at one moment, and the list is drawn anew as a whole.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-t border-line px-3 py-1.75 text-sm"
          >
            <Badge tone="bad">{batch.reason.replaceAll("_", " ")}</Badge>
            <span className="text-ink-3">
              {formatBytes(batch.bytes)}, <RelativeTime at={batch.at} />
            </span>
            <span className="basis-full break-words text-ink-2">{batch.explanation}</span>
          </li>
        ))}
      </ul>
      {total > batches.length && (
        <p className="border-t border-line px-3 py-2 text-sm text-ink-3">
          {formatCount(total - batches.length)} older ones.
        </p>
      )}
    </section>
  );
}
