"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { useQueryClient } from "@tanstack/react-query";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";
import { NameDialog } from "./name-dialog.tsx";

export function RenameExperiment({
  experiment,
  onOpenChange,
}: {
  readonly experiment: Experiment;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const queryClient = useQueryClient();
  return (
    <NameDialog
      title="Rename experiment"
      description="Scripts that log by the old name will make a new experiment."
      label="Name"
      confirmLabel="Rename"
      initial={experiment.name}
      onOpenChange={onOpenChange}
      onConfirm={async (name) => {
        await client.experiments.rename.mutate({ experimentId: experiment.experimentId, name });
        await queryClient.invalidateQueries(api.experiments.pathFilter());
      }}
    />
  );
}
