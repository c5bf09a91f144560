"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Checkbox, Dialog, ErrorState, Select, useToast } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useRefreshRegistry } from "../edit/use-refresh-registry.ts";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";
import { useVersions } from "../use-versions.ts";

/** What every model has, until its own are known. */
const known = ["None", "Staging", "Production", "Archived"] as const;
/** Where the others can be archived in the same move. */
const active: readonly string[] = ["Staging", "Production"];

/** Moves a version into a stage, says whose place it takes, and can be undone from the notice. */
export function StageDialog({
  version,
  onOpenChange,
}: {
  readonly version: ModelVersion;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  const toast = useToast();
  const { name, stage: before } = version;
  const number = String(version.version);
  const [stage, setStage] = useState<string>(before === "Production" ? "Archived" : "Production");
  const [archive, setArchive] = useState(true);
  const { busy, problem, attempt } = useAttempt();
  const api = useRegistryApi();
  const { data: own } = useQuery(api.stages.list.queryOptions({ model: name }));
  const stages = own?.map((one) => one.name) ?? known;
  const { versions } = useVersions(name);
  const others = (versions ?? []).filter((one) => one.stage === stage && one.version !== version.version);
  const archives = archive && active.includes(stage) && others.length > 0;
  const moveBack = async () => {
    await client.versions.transition.mutate({
      name,
      version: number,
      stage: before,
      archiveExistingVersions: false,
    });
    if (archives)
      for (const one of others)
        await client.versions.transition.mutate({
          name,
          version: String(one.version),
          stage,
          archiveExistingVersions: false,
        });
    await refresh();
  };
  const move = async () => {
    await attempt(async () => {
      await client.versions.transition.mutate({
        name,
        version: number,
        stage,
        archiveExistingVersions: archives,
      });
      toast({
        title: `Version ${number} is in ${stage}`,
        ...(archives ? { description: `Archived ${words(others)}.` } : {}),
        undo: moveBack,
      });
      onOpenChange(false);
      await refresh();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Move version ${number} to a stage`}
      description={`It is in ${before} now.`}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={stage === before} onClick={() => void move()}>
            Move to {stage}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <Select
          label="Stage"
          value={stage}
          onValueChange={setStage}
          options={stages.map((value) => ({ value, label: value, disabled: value === before }))}
        />
        {active.includes(stage) && others.length > 0 && (
          <Checkbox label={`Archive ${words(others)}`} checked={archive} onCheckedChange={setArchive}>
            Archive {words(others)}, which {others.length === 1 ? "is" : "are"} in {stage} now
          </Checkbox>
        )}
        {active.includes(stage) && (
          <p className="text-ink-3">
            Clients that load <span className="num">{`models:/${name}/${stage}`}</span> get the newest version
            there.
          </p>
        )}
        {problem && <ErrorState compact problem={problem} />}
      </div>
    </Dialog>
  );
}

function words(versions: readonly ModelVersion[]): string {
  const numbers = versions.map(({ version }) => version).join(", ");
  return `version${versions.length === 1 ? "" : "s"} ${numbers}`;
}
