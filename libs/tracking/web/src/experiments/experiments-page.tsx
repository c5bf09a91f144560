"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  ErrorState,
  formatCount,
  PageHeader,
  SearchInput,
  SegmentedControl,
  ShowMore,
  useDocumentTitle,
  useHotkey,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { Plus } from "lucide-react";
import { useDeferredValue, useRef, useState } from "react";
import { CreateExperiment } from "./create-experiment.tsx";
import { ExperimentsTable } from "./experiments-table.tsx";
import { NoExperiments } from "./no-experiments.tsx";
import { useExperiments } from "./use-experiments.ts";

/** Every experiment: found by name, made, renamed, deleted and brought back. */
export function ExperimentsPage() {
  useDocumentTitle("Experiments");
  const address = useAddress();
  const text = address.get("q") ?? "";
  const deleted = address.get("view") === "deleted";
  const list = useExperiments(useDeferredValue(text.trim()), deleted ? "DELETED_ONLY" : "ACTIVE_ONLY");
  const search = useRef<HTMLInputElement>(null);
  const [creating, setCreating] = useState(false);
  useHotkey("/", "Search", () => search.current?.focus());
  useHotkey("n", "New experiment", () => setCreating(true));
  const count = list.experiments?.length;
  return (
    <>
      <PageHeader
        title="Experiments"
        badges={
          count !== undefined && (
            <Badge>{list.hasNextPage ? `${formatCount(count)}+` : formatCount(count)}</Badge>
          )
        }
      >
        <SearchInput
          ref={search}
          label="Search experiments"
          placeholder="Search by name"
          value={text}
          onValueChange={(next) => address.set({ q: next || undefined }, "replace")}
          className="w-52"
        />
        <SegmentedControl
          label="Which experiments"
          value={deleted ? "deleted" : "active"}
          onValueChange={(view) => address.set({ view: view === "deleted" ? view : undefined })}
          options={[
            { value: "active", label: "Active" },
            { value: "deleted", label: "Deleted" },
          ]}
        />
        <Button
          variant="primary"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => setCreating(true)}
        >
          New experiment
        </Button>
      </PageHeader>
      {list.isError && count === undefined ? (
        <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()}>
          <p className="text-ink-2">Everything that was logged is kept.</p>
        </ErrorState>
      ) : count === 0 ? (
        <NoExperiments text={text} deleted={deleted} />
      ) : (
        <div className="px-4 pt-1 pb-6">
          <ExperimentsTable experiments={list.experiments} deleted={deleted} />
          <div className="mt-3 flex">
            <ShowMore list={list} />
          </div>
        </div>
      )}
      <CreateExperiment open={creating} onOpenChange={setCreating} />
    </>
  );
}
