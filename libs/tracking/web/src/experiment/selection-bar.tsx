"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, formatCount, useToast } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Trash2, X } from "lucide-react";
import { useState } from "react";
import { compareLink } from "../compare/compare-link.ts";
import { runsInAddressMax } from "../runs/run-ids.ts";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";

/** What can be done with the selected runs. Deleting can be undone, so it does not ask. */
export function SelectionBar({
  experimentId,
  selected,
  deleted,
  onClear,
}: {
  readonly experimentId: string;
  readonly selected: readonly string[];
  /** The selected runs are deleted ones. */
  readonly deleted: boolean;
  readonly onClear: () => void;
}) {
  const move = useMoveRuns();
  const [busy, setBusy] = useState(false);
  if (selected.length === 0) return null;
  const act = async (to: "delete" | "restore") => {
    setBusy(true);
    if (await move(selected, to)) onClear();
    setBusy(false);
  };
  return (
    <>
      <span className="num text-ink-2" aria-live="polite">
        {formatCount(selected.length)} selected
      </span>
      {!deleted && (
        <Button asChild variant="primary">
          <ZoneLink href={compareLink({ experimentIds: [experimentId], runIds: selected })}>
            {selected.length > runsInAddressMax
              ? `Compare the first ${runsInAddressMax}`
              : `Compare ${formatCount(selected.length)}`}
          </ZoneLink>
        </Button>
      )}
      {deleted ? (
        <Button
          busy={busy}
          icon={<RotateCcw aria-hidden className="size-3.5" />}
          onClick={() => void act("restore")}
        >
          Restore
        </Button>
      ) : (
        <Button
          variant="danger"
          busy={busy}
          icon={<Trash2 aria-hidden className="size-3.5" />}
          onClick={() => void act("delete")}
        >
          Delete
        </Button>
      )}
      <Button variant="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={onClear}>
        Clear
      </Button>
    </>
  );
}

/** Deletes or restores runs, says what became of it and offers the way back. False: nothing was changed. */
export function useMoveRuns() {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  return async (runIds: readonly string[], to: "delete" | "restore"): Promise<boolean> => {
    const word = to === "delete" ? "Deleted" : "Restored";
    const back = to === "delete" ? "restore" : "delete";
    try {
      const { changed, refused } = await client.runs[to].mutate({ runIds: [...runIds] });
      await queryClient.invalidateQueries(api.runs.pathFilter());
      const title = `${word} ${changed.length === 1 ? "1 run" : `${formatCount(changed.length)} runs`}`;
      const reason = refused[0]?.message;
      toast({
        title,
        ...(reason === undefined
          ? {}
          : { description: `${formatCount(refused.length)} could not be: ${reason}`, tone: "bad" as const }),
        ...(changed.length === 0
          ? {}
          : {
              undo: async () => {
                await client.runs[back].mutate({ runIds: [...changed] });
                await queryClient.invalidateQueries(api.runs.pathFilter());
              },
            }),
      });
      return changed.length > 0;
    } catch (error) {
      const { message } = describeError(error);
      toast({ title: `The runs were not ${word.toLowerCase()}`, description: message, tone: "bad" });
      return false;
    }
  };
}
