"use client";

import type { Experiment } from "@runweir/tracking-trpc";
import { describeError } from "@runweir/web-trpc-client";
import { useToast } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";

/** Deleting asks nothing, since it can be undone: at once in the notice, later in the list of deleted ones. */
export function useExperimentStage(experiment: Experiment) {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { experimentId, name } = experiment;
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(api.experiments.pathFilter()),
      queryClient.invalidateQueries(api.runs.pathFilter()),
    ]);
  const attempt = async (what: string, act: () => Promise<unknown>, then: () => void) => {
    try {
      await act();
      then();
    } catch (error) {
      const { message } = describeError(error);
      toast({ title: `“${name}” was not ${what}`, description: message, tone: "bad" });
    }
    await refresh();
  };
  const bringBack = async () => {
    await client.experiments.restore.mutate({ experimentId });
    await refresh();
  };
  return {
    remove: () =>
      attempt(
        "deleted",
        () => client.experiments.delete.mutate({ experimentId }),
        () =>
          toast({
            title: `Deleted “${name}”`,
            description: "Its runs are kept with it.",
            undo: bringBack,
          }),
      ),
    restore: () => attempt("restored", bringBack, () => toast({ title: `Restored “${name}” and its runs` })),
  };
}
