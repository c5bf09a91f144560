"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Card,
  CardHeader,
  EmptyState,
  formatCount,
  PageHeader,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useDeferredValue } from "react";
import { ModelFacets } from "../models/model-facets.tsx";
import { ModelSearch } from "../models/model-search.tsx";
import { useModelSelection } from "../models/use-model-selection.ts";
import { useModelFacets, useModels } from "../models/use-models.ts";
import { PlanForm } from "./plan-form.tsx";
import { useMayPlan } from "./use-may-plan.ts";

const named = 5;

export function PlanPage() {
  useDocumentTitle("Plan a bulk move");
  const mayPlan = useMayPlan();
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Models", href: "/models" },
          { label: "Bulk moves", href: "/moves" },
        ]}
        title="Plan a bulk move"
      />
      {mayPlan?.allowed === false ? (
        <EmptyState title="You may not plan bulk moves">
          <p>
            {mayPlan.reason}. Whoever may edit some model plans moves, and moves those that they may.{" "}
            <ZoneLink href="/settings/explain" className="text-accent underline">
              See what you may do
            </ZoneLink>
          </p>
        </EmptyState>
      ) : (
        <Plan />
      )}
    </>
  );
}

/** Asks what is to be moved where, of the models that the address names as the models' list does; nothing moves yet. */
function Plan() {
  const address = useAddress();
  const selection = useDeferredValue(useModelSelection());
  const facets = useModelFacets(selection);
  const list = useModels(selection, true);
  const problem = list.isError ? describeError(list.error) : undefined;
  const first = list.models?.slice(0, named).map(({ name }) => name) ?? [];
  const more = (facets?.models ?? first.length) - first.length;
  return (
    <div className="flex max-w-180 flex-col gap-3.5 px-4 pt-1 pb-6">
      <Card aria-label="Which models">
        <CardHeader title="Which models">
          {facets && !problem && <Badge>{formatCount(facets.models)}</Badge>}
        </CardHeader>
        <ModelSearch
          text={address.get("q") ?? ""}
          onText={(next) => address.set({ q: next || undefined }, "replace")}
          refused={problem?.message}
        />
        <div className="flex flex-wrap gap-2 px-4 pb-2">
          <ModelFacets facets={facets} />
        </div>
        <p className="px-4 pb-3 text-sm break-words text-ink-3" aria-live="polite">
          {problem
            ? null
            : list.models?.length === 0
              ? "No model matches."
              : `${first.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`}
        </p>
      </Card>
      <PlanForm
        selection={selection}
        disabled={problem !== undefined || list.models === undefined || list.models.length === 0}
      />
    </div>
  );
}
