"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState, Field, IconButton, Input, Skeleton, useToast } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { AliasBadge } from "../alias-badge.tsx";
import { useRefreshRegistry } from "../edit/use-refresh-registry.ts";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";

/** Points aliases at a version or takes them off, says which version each leaves, and can be undone from the notice. */
export function AliasDialog({
  version,
  onOpenChange,
}: {
  readonly version: ModelVersion;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  const toast = useToast();
  const { name } = version;
  const number = String(version.version);
  const model = useQuery(api.models.get.queryOptions({ name }));
  const [typed, setTyped] = useState("");
  const { busy, problem, attempt } = useAttempt();
  const aliases = model.data?.aliases;
  const wanted = typed.trim().replace(/^@/, "");
  const holder = aliases?.find(({ alias }) => alias === wanted)?.version;
  const change = async (title: string, act: () => Promise<unknown>, back: () => Promise<unknown>) => {
    await attempt(async () => {
      await act();
      const undo = async () => {
        await back();
        await refresh();
      };
      toast({ title, undo });
      // Escape would take the notice away first, and the way back with it.
      onOpenChange(false);
      await refresh();
    });
  };
  const point = (alias: string, to: string) => client.aliases.set.mutate({ name, alias, version: to });
  const takeOff = (alias: string) => client.aliases.delete.mutate({ name, alias });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change(
      `@${wanted} is version ${number}`,
      () => point(wanted, number),
      () => (holder === undefined ? takeOff(wanted) : point(wanted, String(holder))),
    );
  };
  const here = aliases?.filter((one) => one.version === version.version);
  const elsewhere = aliases?.filter((one) => one.version !== version.version) ?? [];
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Aliases of version ${number}`}
      description="Clients that load by an alias get the version it points at from their next load on."
      size="sm"
      footer={<Button onClick={() => onOpenChange(false)}>Close</Button>}
    >
      <div className="flex flex-col gap-3 text-sm">
        {here === undefined ? (
          <Skeleton className="w-32" />
        ) : here.length === 0 ? (
          <p className="text-ink-3">No alias points here.</p>
        ) : (
          <ul className="flex flex-wrap gap-2">
            {here.map(({ alias }) => (
              <li key={alias} className="flex items-center">
                <AliasBadge alias={alias} />
                <IconButton
                  label={`Take off @${alias}`}
                  disabled={busy}
                  icon={<X aria-hidden className="size-3.5" />}
                  onClick={() =>
                    void change(
                      `@${alias} points nowhere`,
                      () => takeOff(alias),
                      () => point(alias, number),
                    )
                  }
                />
              </li>
            ))}
          </ul>
        )}
        <form onSubmit={submit} className="flex flex-col gap-2">
          <Field
            label="Point an alias here"
            hint={
              holder === undefined || holder === version.version
                ? undefined
                : `It moves from version ${holder} to version ${number}.`
            }
          >
            {(ids) => (
              <Input
                {...ids}
                placeholder="champion"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
          {elsewhere.length > 0 && (
            <p className="flex flex-wrap items-center gap-1 text-ink-3">
              Elsewhere:
              {elsewhere.map(({ alias, version: at }) => (
                <button key={alias} type="button" className="rounded-full" onClick={() => setTyped(alias)}>
                  <AliasBadge alias={alias} version={at} />
                </button>
              ))}
            </p>
          )}
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            disabled={wanted === "" || holder === version.version}
            className="self-start"
          >
            {holder === undefined || holder === version.version
              ? "Set the alias"
              : `Move from version ${holder}`}
          </Button>
        </form>
        {problem && <ErrorState compact problem={problem} />}
      </div>
    </Dialog>
  );
}
