"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { useQueryClient } from "@tanstack/react-query";
import { noteTag, tagValue } from "../mlflow-tags.ts";
import { NoteDialog } from "../note-dialog.tsx";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";

export function DescriptionDialog({
  experiment,
  onOpenChange,
}: {
  readonly experiment: Experiment;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const queryClient = useQueryClient();
  const { experimentId } = experiment;
  return (
    <NoteDialog
      of={experiment.name}
      initial={tagValue(experiment.tags, noteTag) ?? ""}
      onOpenChange={onOpenChange}
      onSave={async (value) => {
        await client.experiments.setTag.mutate({ experimentId, tag: { key: noteTag, value } });
        await queryClient.invalidateQueries(api.experiments.pathFilter());
      }}
    />
  );
}
