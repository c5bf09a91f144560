"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { NoteDialog } from "@runweir/tracking-web";
import { describeError } from "@runweir/web-trpc-client";
import { Button, ConfirmDialog, Dialog, IconButton, Menu, MenuItem, MenuSeparator } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { Ellipsis, GitCompare, Tags, TextQuote, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RegistryTags } from "../edit/registry-tags.tsx";
import { useRefreshRegistry } from "../edit/use-refresh-registry.ts";
import { modelHref } from "../model-address.ts";
import { useRegistryClient } from "../registry-api.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { StageDialog } from "./stage-dialog.tsx";

const mark = "size-3.5";

/** Where it serves, what is said of it, and its end. */
export function VersionActions({ version: of }: { readonly version: ModelVersion }) {
  const [dialog, setDialog] = useState<"stage" | "aliases" | "description" | "tags" | "delete">();
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  const router = useRouter();
  const { name } = of;
  const version = String(of.version);
  const close = (open: boolean) => {
    if (!open) setDialog(undefined);
  };
  return (
    <>
      <Button asChild>
        <ZoneLink href={`${modelHref(name)}/compare?b=${version}`}>
          <GitCompare aria-hidden className={mark} />
          Compare
        </ZoneLink>
      </Button>
      <Button asChild variant="primary">
        <ZoneLink href={`/reviews/new?model=${encodeURIComponent(name)}&version=${version}`}>
          Open a request
        </ZoneLink>
      </Button>
      <Button onClick={() => setDialog("stage")}>Move to a stage</Button>
      <Button onClick={() => setDialog("aliases")}>Aliases</Button>
      <Menu
        label={`Version ${version}: actions`}
        trigger={
          <IconButton
            label={`Actions for version ${version}`}
            icon={<Ellipsis aria-hidden className="size-4" />}
          />
        }
      >
        <MenuItem icon={<TextQuote aria-hidden className={mark} />} onSelect={() => setDialog("description")}>
          Edit description
        </MenuItem>
        <MenuItem icon={<Tags aria-hidden className={mark} />} onSelect={() => setDialog("tags")}>
          Edit tags
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden className={mark} />} onSelect={() => setDialog("delete")}>
          Delete
        </MenuItem>
      </Menu>
      {dialog === "stage" && <StageDialog version={of} onOpenChange={close} />}
      {dialog === "aliases" && <AliasDialog version={of} onOpenChange={close} />}
      {dialog === "description" && (
        <NoteDialog
          of={`version ${version}`}
          initial={of.description ?? ""}
          onOpenChange={close}
          onSave={async (description) => {
            await client.versions.describe.mutate({ name, version, description });
            await refresh();
          }}
        />
      )}
      {dialog === "tags" && (
        <Dialog open onOpenChange={close} title={`Tags of version ${version}`} size="sm">
          <RegistryTags of={{ name, version }} tags={of.tags} />
        </Dialog>
      )}
      <ConfirmDialog
        open={dialog === "delete"}
        onOpenChange={close}
        title={`Delete version ${version} of ${name}?`}
        description={deleteWarning(of)}
        confirmLabel={`Delete version ${version}`}
        danger
        describeError={describeError}
        onConfirm={async () => {
          await client.versions.delete.mutate({ name, version });
          router.push(modelHref(name));
          await refresh();
        }}
      />
    </>
  );
}

function deleteWarning({ aliases, stage, version }: ModelVersion): string {
  const served = [
    ...aliases.map((alias) => `@${alias}`),
    ...(stage === "None" || stage === "Archived" ? [] : [stage]),
  ];
  const clients =
    served.length === 0 ? "" : `Clients that load it as ${served.join(" or ")} do not find it any more. `;
  return `${clients}Its description, tags and aliases are forgotten, and no other version will be number ${version}. This cannot be undone. The files stay with the run.`;
}
