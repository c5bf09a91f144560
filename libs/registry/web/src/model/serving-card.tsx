"use client";

import type { RegisteredModel } from "@runweir/registry-trpc";
import {
  Card,
  CardHeader,
  Cell,
  SkeletonRows,
  Table,
  TableBody,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import type { ReactNode } from "react";
import { AliasBadge } from "../alias-badge.tsx";
import { versionHref } from "../model-address.ts";
import { StageBadge } from "../stage-badge.tsx";

/** What clients that ask by alias or stage get now. */
export function ServingCard({
  name,
  model,
}: {
  readonly name: string;
  readonly model: RegisteredModel | undefined;
}) {
  const staged = model?.latestVersions.filter(({ stage }) => stage !== "None" && stage !== "Archived") ?? [];
  const none = model !== undefined && model.aliases.length + staged.length === 0;
  return (
    <Card aria-label="Aliases and stages">
      <CardHeader title="Aliases and stages" />
      {none ? (
        <p className="px-3 pb-3 text-sm text-ink-3">
          No alias and no stage points at a version yet. A version’s page sets them.
        </p>
      ) : (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableBody>
              {model === undefined ? (
                <SkeletonRows rows={2} columns={3} />
              ) : (
                <>
                  {model.aliases.map(({ alias, version }) => (
                    <Row key={`@${alias}`} badge={<AliasBadge alias={alias} />} name={name} version={version}>
                      models:/{name}@{alias}
                    </Row>
                  ))}
                  {staged.map(({ stage, version }) => (
                    <Row key={stage} badge={<StageBadge stage={stage} />} name={name} version={version}>
                      models:/{name}/{stage}
                    </Row>
                  ))}
                </>
              )}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}

function Row({
  badge,
  name,
  version,
  children,
}: {
  readonly badge: ReactNode;
  readonly name: string;
  readonly version: number;
  readonly children: ReactNode;
}) {
  return (
    <TableRow>
      <Cell className="w-0 border-t border-b-0 pl-3">{badge}</Cell>
      <Cell className="w-0 border-t border-b-0">
        <ZoneLink href={versionHref(name, version)} className="rounded-sm font-medium hover:underline">
          Version {version}
        </ZoneLink>
      </Cell>
      <Cell className="num max-w-0 truncate border-t border-b-0 text-ink-3 max-sm:hidden">{children}</Cell>
    </TableRow>
  );
}
