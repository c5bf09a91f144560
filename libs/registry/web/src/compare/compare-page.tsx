"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, EmptyState, ErrorState, PageHeader, Switch, useDocumentTitle } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { modelHref, useModelAddress } from "../model-address.ts";
import { useRegistryApi } from "../registry-api.ts";
import { useVersions } from "../use-versions.ts";
import { useVersionFacts } from "../version/use-version-facts.ts";
import { MetricPairs } from "./metric-pairs.tsx";
import { SignaturePair } from "./signature-pair.tsx";
import { TextPairs } from "./text-pairs.tsx";
import { VersionSelect } from "./version-select.tsx";

/** Any two versions of a model side by side: `?a=` is what there was, `?b=` what would come. */
export function ComparePage() {
  const { name } = useModelAddress();
  const api = useRegistryApi();
  const address = useAddress();
  const model = useQuery(api.models.get.queryOptions({ name }));
  const list = useVersions(name);
  useDocumentTitle(model.data && `Compare versions of ${name}`);
  const onlyDifferences = address.get("all") !== "1";
  const newest = list.versions?.[0]?.version;
  const b = address.get("b") ?? (newest === undefined ? undefined : String(newest));
  const a = address.get("a") ?? standIn(b, model.data?.aliases, list.versions);
  const left = useQuery(
    api.versions.get.queryOptions({ name, version: a ?? "" }, { enabled: a !== undefined }),
  );
  const right = useQuery(
    api.versions.get.queryOptions({ name, version: b ?? "" }, { enabled: b !== undefined }),
  );
  const facts = { a: useVersionFacts(left.data), b: useVersionFacts(right.data) };
  const failed = [model, list, left, right].find((query) => query.isError && query.data === undefined);
  const names = { a: `Version ${a ?? ""}`, b: `Version ${b ?? ""}` };
  const alone = list.versions !== undefined && model.data !== undefined && a === undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Models", href: "/models" },
          { label: name, href: modelHref(name) },
        ]}
        title="Compare"
        badges={
          <>
            <VersionSelect
              label="What there was"
              value={a}
              versions={list.versions}
              onValue={(next) => address.set({ a: next })}
            />
            <span className="text-ink-3">with</span>
            <VersionSelect
              label="What would come"
              value={b}
              versions={list.versions}
              onValue={(next) => address.set({ b: next })}
            />
          </>
        }
      >
        <Switch
          label="Only differences"
          checked={onlyDifferences}
          onCheckedChange={(on) => address.set({ all: on ? undefined : "1" }, "replace")}
        />
      </PageHeader>
      {failed ? (
        <ErrorState
          problem={describeError(failed.error)}
          onRetry={() => void failed.refetch()}
          actions={
            <Button asChild>
              <ZoneLink href={modelHref(name)}>All versions</ZoneLink>
            </Button>
          }
        />
      ) : alone ? (
        <EmptyState title="Nothing to compare with">
          <p>This model has fewer than two versions.</p>
        </EmptyState>
      ) : (
        <div className="grid gap-3.5 px-4 pt-1 pb-6">
          <MetricPairs
            names={names}
            a={facts.a.metrics}
            b={facts.b.metrics}
            onlyDifferences={onlyDifferences}
          />
          <SignaturePair a={facts.a} b={facts.b} onlyDifferences={onlyDifferences} />
          <TextPairs
            title="Params"
            names={names}
            a={facts.a.params}
            b={facts.b.params}
            onlyDifferences={onlyDifferences}
          />
          <TextPairs
            title="Tags"
            names={names}
            a={left.data?.tags}
            b={right.data?.tags}
            onlyDifferences={onlyDifferences}
          />
        </div>
      )}
    </>
  );
}

/** What a version is compared with when nobody says: what serves as champion, else the version before it. */
function standIn(
  b: string | undefined,
  aliases: readonly { readonly alias: string; readonly version: number }[] | undefined,
  versions: readonly { readonly version: number }[] | undefined,
): string | undefined {
  if (b === undefined || aliases === undefined || versions === undefined) return undefined;
  const champion = aliases.find(({ alias }) => alias === "champion")?.version;
  if (champion !== undefined && String(champion) !== b) return String(champion);
  const others = versions.filter(({ version }) => String(version) !== b);
  const before = others.find(({ version }) => version < Number(b)) ?? others[0];
  return before && String(before.version);
}
