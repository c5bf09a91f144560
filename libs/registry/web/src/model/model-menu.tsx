"use client";

import type { RegisteredModel } from "@runweir/registry-trpc";
import { NameDialog, NoteDialog } from "@runweir/tracking-web";
import { Dialog, IconButton, Menu, MenuItem, MenuSeparator } from "@runweir/web-ui";
import { Ellipsis, Pencil, Tags, TextQuote, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RegistryTags } from "../edit/registry-tags.tsx";
import { useRefreshRegistry } from "../edit/use-refresh-registry.ts";
import { modelHref } from "../model-address.ts";
import { useRegistryClient } from "../registry-api.ts";
import { DeleteModel } from "./delete-model.tsx";

const mark = "size-3.5";

export function ModelMenu({ model }: { readonly model: RegisteredModel }) {
  const [dialog, setDialog] = useState<"rename" | "card" | "tags" | "delete">();
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  const router = useRouter();
  const { name } = model;
  const close = (open: boolean) => {
    if (!open) setDialog(undefined);
  };
  return (
    <>
      <Menu
        label={`${name}: actions`}
        trigger={
          <IconButton label={`Actions for ${name}`} icon={<Ellipsis aria-hidden className="size-4" />} />
        }
      >
        <MenuItem icon={<TextQuote aria-hidden className={mark} />} onSelect={() => setDialog("card")}>
          Edit card
        </MenuItem>
        <MenuItem icon={<Tags aria-hidden className={mark} />} onSelect={() => setDialog("tags")}>
          Edit tags
        </MenuItem>
        <MenuItem icon={<Pencil aria-hidden className={mark} />} onSelect={() => setDialog("rename")}>
          Rename
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden className={mark} />} onSelect={() => setDialog("delete")}>
          Delete
        </MenuItem>
      </Menu>
      {dialog === "rename" && (
        <NameDialog
          title="Rename the model"
          description="Clients that load it by its old name will not find it any more."
          label="Name"
          confirmLabel="Rename"
          initial={name}
          onOpenChange={close}
          onConfirm={async (newName) => {
            await client.models.rename.mutate({ name, newName });
            await refresh();
            router.replace(modelHref(newName));
          }}
        />
      )}
      {dialog === "card" && (
        <NoteDialog
          of={name}
          initial={model.description ?? ""}
          onOpenChange={close}
          onSave={async (description) => {
            await client.models.describe.mutate({ name, description });
            await refresh();
          }}
        />
      )}
      {dialog === "tags" && (
        <Dialog open onOpenChange={close} title={`Tags of ${name}`} size="sm">
          <RegistryTags of={{ name }} tags={model.tags} />
        </Dialog>
      )}
      {dialog === "delete" && <DeleteModel model={model} onOpenChange={close} />}
    </>
  );
}
