"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  ErrorState,
  formatCount,
  PageHeader,
  SegmentedControl,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useDeferredValue } from "react";
import { planHref } from "../moves/move-address.ts";
import { useMayPlan } from "../moves/use-may-plan.ts";
import { ModelFacets } from "./model-facets.tsx";
import { ModelSearch } from "./model-search.tsx";
import { ModelsTable } from "./models-table.tsx";
import { NoModels } from "./no-models.tsx";
import { useModelSelection } from "./use-model-selection.ts";
import { useModelFacets, useModels } from "./use-models.ts";

/** Every registered model: found by name or filter, by owner, alias and stage, by what changed last or by name. */
export function ModelsPage() {
  useDocumentTitle("Models");
  const address = useAddress();
  const selection = useDeferredValue(useModelSelection());
  const byName = address.get("order") === "name";
  const list = useModels(selection, byName);
  const facets = useModelFacets(selection);
  const mayPlan = useMayPlan()?.allowed;
  const problem = list.isError ? describeError(list.error) : undefined;
  const refused = problem?.code === "invalid_argument" ? problem : undefined;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Models" badges={facets && <Badge>{formatCount(facets.models)}</Badge>}>
        <ModelFacets facets={facets} />
        <SegmentedControl
          label="Order"
          value={byName ? "name" : "changed"}
          onValueChange={(next) => address.set({ order: next === "name" ? next : undefined })}
          options={[
            { value: "changed", label: "Last changed" },
            { value: "name", label: "Name" },
          ]}
        />
        <Button asChild variant="ghost" className="max-sm:hidden">
          <ZoneLink href="/moves">Bulk moves</ZoneLink>
        </Button>
        {mayPlan && (
          <Button asChild>
            <ZoneLink href={planHref(toQuery(address))}>Move…</ZoneLink>
          </Button>
        )}
      </PageHeader>
      <ModelSearch
        text={address.get("q") ?? ""}
        onText={(next) => address.set({ q: next || undefined }, "replace")}
        refused={refused?.message}
      />
      {problem !== undefined && refused === undefined && list.models === undefined ? (
        <ErrorState problem={problem} onRetry={() => void list.refetch()}>
          <p className="text-ink-2">Everything that was registered is kept.</p>
        </ErrorState>
      ) : list.models?.length === 0 ? (
        <NoModels narrowed={Object.keys(selection).length > 0} />
      ) : refused !== undefined && list.models === undefined ? null : (
        <ModelsTable
          models={list.models}
          more={list.hasNextPage}
          stale={list.isPlaceholderData || refused !== undefined}
          onMore={() => {
            if (!list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

/** What is found here is what is moved there. */
function toQuery(address: Pick<ReturnType<typeof useAddress>, "get">): string {
  const narrowing = ["q", "owner", "alias", "stage"].flatMap((name) => {
    const value = address.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return new URLSearchParams(narrowing).toString();
}
