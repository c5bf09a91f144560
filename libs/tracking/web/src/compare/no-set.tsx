"use client";

import { Button, EmptyState } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { FilterHelp } from "../runs/filter-help.tsx";
import type { CompareView } from "./use-compare-view.ts";

/** The page without experiments in its address. */
export function NoExperiments() {
  return (
    <EmptyState
      heading="h1"
      title="Compare runs"
      actions={
        <Button asChild>
          <ZoneLink href="/experiments">Experiments</ZoneLink>
        </Button>
      }
    >
      <p>
        Open an experiment, select runs in its table and press Compare; or press Analyse for all runs that its
        filter matches.
      </p>
    </EmptyState>
  );
}

/** No run is in the set. */
export function NoRunsInSet({ view, refused }: { readonly view: CompareView; readonly refused: boolean }) {
  if (refused) {
    return (
      <EmptyState title="The filter is not understood">
        <FilterHelp />
      </EmptyState>
    );
  }
  if (view.runIds.length > 0) {
    return (
      <EmptyState
        title="None of the chosen runs is here"
        actions={<Button onClick={() => view.setRunIds(undefined)}>Compare all runs</Button>}
      >
        <p>They are deleted, or belong to another experiment.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={view.filter === "" ? "No runs to compare yet" : "No run matches the filter"}>
      {view.filter === "" ? <p>Runs that are logged in the experiment appear here.</p> : <FilterHelp />}
    </EmptyState>
  );
}
