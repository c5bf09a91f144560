"use client";

import type { BulkJob } from "@runweir/registry-trpc";
import { describeError } from "@runweir/web-trpc-client";
import { Button, ConfirmDialog, type ConfirmDialogProps, useToast } from "@runweir/web-ui";
import { useState } from "react";
import { useRefreshRegistry } from "../edit/use-refresh-registry.ts";
import { useRegistryClient } from "../registry-api.ts";
import { countModels, describeMove } from "./move-words.ts";

type Asked = "begin" | "resume" | "undo";
type Act = Asked | "pause";

/** What its state allows; what moves something asks first, and says of how many models. */
export function MoveActions({ job }: { readonly job: BulkJob }) {
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  const toast = useToast();
  const [asking, setAsking] = useState<Asked>();
  const { jobId, digest } = job;
  const acts = actsOf(job);
  const does: Readonly<Record<Asked, () => Promise<unknown>>> = {
    begin: () => client.bulk.begin.mutate({ jobId, digest }),
    resume: () => client.bulk.resume.mutate({ jobId }),
    undo: () => client.bulk.undo.mutate({ jobId }),
  };
  // At once: while somebody reads a question it goes on.
  const pause = async () => {
    await client.bulk.pause.mutate({ jobId }).catch((error: unknown) => {
      const { title, message } = describeError(error);
      toast({ title, description: message, tone: "bad" });
    });
    await refresh();
  };
  return (
    <>
      {acts.map((act) => (
        <Button
          key={act}
          variant={act === "begin" || act === "resume" ? "primary" : "secondary"}
          onClick={() => (act === "pause" ? void pause() : setAsking(act))}
        >
          {labels[act]}
        </Button>
      ))}
      {asking !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(undefined)}
          describeError={describeError}
          {...wordsOf(asking, job)}
          onConfirm={async () => {
            await does[asking]();
            await refresh();
          }}
        />
      )}
    </>
  );
}

const labels = { begin: "Apply", pause: "Pause", resume: "Resume", undo: "Undo" } as const;

function actsOf({ state, items, moved }: BulkJob): readonly Act[] {
  switch (state) {
    case "planned":
      return items > 0 ? ["begin"] : [];
    case "applying":
    case "undoing":
      return ["pause"];
    case "apply paused":
      return ["undo", "resume"];
    case "undo paused":
      return ["resume"];
    case "applied":
      return moved > 0 ? ["undo"] : [];
    case "undone":
      return [];
  }
}

function wordsOf(
  act: Asked,
  job: BulkJob,
): Pick<ConfirmDialogProps, "title" | "description" | "confirmLabel"> {
  const what = describeMove(job.request);
  switch (act) {
    case "begin":
      return {
        title: `Move ${countModels(job.items)}?`,
        description: `${what}. Clients get it from their next load on. Models that have moved since the plan was made stay where they are. It can be paused, and undone.`,
        confirmLabel: `Move ${countModels(job.items)}`,
      };
    case "resume":
      return {
        title: "Go on with the move?",
        description:
          job.state === "undo paused"
            ? `The undo of “${what}” goes on where it stopped.`
            : `“${what}” goes on where it stopped.`,
        confirmLabel: "Resume",
      };
    case "undo":
      return {
        title: `Move ${countModels(job.moved)} back?`,
        description: `“${what}” is undone. Models that were moved on since then stay where they are.`,
        confirmLabel: `Move ${countModels(job.moved)} back`,
      };
  }
}
