"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, Card, CardHeader, CodeSnippet, EmptyState, ErrorState, ShowMore } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { compareHref } from "../model-address.ts";
import { useVersions } from "../use-versions.ts";
import { VersionsTable } from "./versions-table.tsx";

const latestShown = 6;

/** Every version, page by page; two that are chosen can be compared. */
export function VersionsTab({ name }: { readonly name: string }) {
  const list = useVersions(name);
  const address = useAddress();
  const chosen = (address.get("chosen") ?? "").split(",").filter(Boolean).map(Number);
  const [a, b] = chosen.toSorted((one, other) => one - other);
  if (list.isError && list.versions === undefined)
    return <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />;
  if (list.versions?.length === 0) return <NoVersions name={name} />;
  return (
    <div className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex min-h-7 items-center gap-2 text-sm text-ink-3">
        {a !== undefined && b !== undefined ? (
          <Button asChild variant="primary">
            <ZoneLink href={compareHref(name, a, b)}>
              Compare {a} with {b}
            </ZoneLink>
          </Button>
        ) : (
          <span>Choose two versions to compare them.</span>
        )}
      </div>
      <Card aria-label="Versions">
        <VersionsTable
          name={name}
          versions={list.versions}
          chosen={chosen}
          onChoose={(version) => {
            const next = chosen.includes(version)
              ? chosen.filter((one) => one !== version)
              : [...chosen.slice(-1), version];
            address.set({ chosen: next.length === 0 ? undefined : next.join(",") }, "replace");
          }}
        />
      </Card>
      <ShowMore list={list} />
    </div>
  );
}

/** The newest few, for the overview. */
export function LatestVersions({ name }: { readonly name: string }) {
  const list = useVersions(name);
  const address = useAddress();
  const more = list.hasNextPage || (list.versions?.length ?? 0) > latestShown;
  return (
    <Card aria-label="Latest versions">
      <CardHeader title="Latest versions">
        {more && (
          <Button variant="ghost" onClick={() => address.set({ tab: "versions" })}>
            All versions
          </Button>
        )}
      </CardHeader>
      {list.isError && list.versions === undefined ? (
        <div className="px-3 pb-3">
          <ErrorState compact problem={describeError(list.error)} onRetry={() => void list.refetch()} />
        </div>
      ) : list.versions?.length === 0 ? (
        <NoVersions name={name} />
      ) : (
        <VersionsTable name={name} versions={list.versions?.slice(0, latestShown)} />
      )}
    </Card>
  );
}

function NoVersions({ name }: { readonly name: string }) {
  return (
    <EmptyState title="No versions yet" className="py-6">
      <p>A version is made of a model that a run has logged:</p>
      <CodeSnippet
        label="Python"
        code={`mlflow.register_model("runs:/<run id>/model", ${JSON.stringify(name)})`}
      />
    </EmptyState>
  );
}
