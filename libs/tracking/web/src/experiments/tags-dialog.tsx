"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { Dialog } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { ownTags } from "../mlflow-tags.ts";
import { TagEditor } from "../tag-editor.tsx";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";

export function TagsDialog({
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
  const refresh = () => queryClient.invalidateQueries(api.experiments.pathFilter());
  return (
    <Dialog open onOpenChange={onOpenChange} title={`Tags of ${experiment.name}`} size="sm">
      <TagEditor
        tags={ownTags(experiment.tags)}
        onSet={async (tag) => {
          await client.experiments.setTag.mutate({ experimentId, tag });
          await refresh();
        }}
        onDelete={async (key) => {
          await client.experiments.deleteTag.mutate({ experimentId, key });
          await refresh();
        }}
      />
    </Dialog>
  );
}
