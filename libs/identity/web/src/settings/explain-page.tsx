"use client";

import type { Consideration, Explanation } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  ErrorState,
  Field,
  Input,
  PageHeader,
  Select,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readText } from "../account/read-text.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { findHolder } from "./find-holder.ts";
import { holderWords, targetWords } from "./grant-words.ts";
import { HolderField } from "./holder-field.tsx";
import { OpenModeNote } from "./open-mode-note.tsx";

const acts = [
  { value: "experiment.read", label: "read an experiment" },
  { value: "experiment.edit", label: "edit an experiment" },
  { value: "experiment.manage", label: "manage an experiment" },
  { value: "model.read", label: "read a model" },
  { value: "model.edit", label: "edit a model" },
  { value: "model.staging", label: "move a model to staging" },
  { value: "model.production", label: "move a model to production" },
  { value: "model.manage", label: "manage a model" },
  { value: "alias.move", label: "move an alias (model@alias)" },
] as const;
const kinds = ["user", "service-account"] as const;
type Act = (typeof acts)[number]["value"];

/** Why somebody may or may not do something: all that was considered, in the order in which it is asked. */
export function ExplainPage() {
  useDocumentTitle("Explain access");
  const api = useIdentityApi();
  const client = useIdentityClient();
  const address = useAddress();
  const who = address.get("who") ?? "";
  const what = address.get("what") ?? "";
  const asked = acts.find(({ value }) => value === address.get("act"))?.value ?? "experiment.edit";
  const [permission, setPermission] = useState<Act>(asked);
  const explain = useQuery({
    queryKey: [...api.directory.explain.pathKey(), who, asked, what],
    enabled: who !== "" && what !== "",
    queryFn: async () => {
      const { kind, id } = await findHolder(client, who, kinds);
      if (kind === "group") throw new Error("A group does nothing itself; ask about somebody in it.");
      return client.directory.explain.query({
        principal: { kind, id },
        permission: asked,
        object: readObject(asked, what),
      });
    },
  });
  return (
    <>
      <PageHeader title="Explain access" />
      <div className="flex max-w-200 flex-col gap-3 px-4 pt-1 pb-6">
        <OpenModeNote />
        <form
          // Another question in the address is another form.
          key={`${who} ${what}`}
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const question = { who: readText(form, "who").trim(), what: readText(form, "what").trim() };
            address.set({ ...question, act: permission });
            if (explain.isEnabled) void explain.refetch();
          }}
        >
          <HolderField
            name="who"
            label="May"
            kinds={kinds}
            defaultValue={who}
            className="w-44 max-sm:w-full"
          />
          <Select
            label="Act"
            value={permission}
            onValueChange={setPermission}
            options={acts}
            className="w-52 max-sm:w-full"
          />
          <Field
            label={permission.startsWith("experiment") ? "Experiment number" : "Name"}
            className="w-44 max-sm:w-full"
          >
            {(ids) => <Input {...ids} name="what" mono required defaultValue={what} />}
          </Field>
          <Button type="submit" variant="primary" busy={explain.isFetching}>
            Explain
          </Button>
        </form>
        {explain.error && <ErrorState compact problem={describeError(explain.error)} />}
        {explain.data && <Answer answer={explain.data} />}
        {!explain.isEnabled && (
          <p className="text-sm text-ink-3">
            All that is considered is listed: roles, groups and grants, in the order in which they are asked.
          </p>
        )}
      </div>
    </>
  );
}

function Answer({ answer }: { readonly answer: Explanation }) {
  return (
    <Card aria-label="Explanation" className="flex flex-col gap-2 p-3 text-sm">
      <p aria-live="polite">
        <Badge tone={answer.allowed ? "ok" : "bad"}>{answer.allowed ? "Allowed" : "Denied"}</Badge>{" "}
        {answer.reason}.
      </p>
      <ol className="flex list-decimal flex-col gap-1 pl-6">
        {answer.considered.map((one, place) => (
          // The order is what is shown; nothing else tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place} className={one.decides ? "font-semibold" : "text-ink-2"}>
            {words(one)}
            {one.decides && " (this decides)"}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function readObject(permission: Act, what: string) {
  if (permission.startsWith("experiment")) return { kind: "experiment", experimentId: what } as const;
  if (permission !== "alias.move") return { kind: "model", name: what } as const;
  const at = what.lastIndexOf("@");
  if (at < 1) throw new Error("An alias is named with its model: model@alias.");
  return { kind: "alias", model: what.slice(0, at), alias: what.slice(at + 1) } as const;
}

function words(one: Consideration): string {
  switch (one.kind) {
    case "account":
      return one.effect === "deny" ? "The account is disabled" : "The account is not disabled";
    case "administrator":
      return one.effect === "allow" ? "Administrator of the server" : "No administrator of the server";
    case "grant": {
      const { effect, level, target, holder } = one.grant;
      // One that names a person is theirs, who was asked about.
      const to = holder.kind === "user" || holder.kind === "service-account" ? "them" : holderWords(holder);
      const said = `A grant to ${to}: ${effect} ${level} on ${targetWords(target)}`;
      return one.effect === "nothing" ? `${said}; it does not reach this` : said;
    }
    case "role": {
      const from = {
        member: "as a member",
        default: "as everybody has",
        group: one.source.via === "group" ? `by group ${one.source.group}` : "",
      }[one.source.via];
      return `Role ${one.source.role} ${from}${one.effect === "nothing" ? "; it is not enough" : ""}`;
    }
    case "otherwise":
      return "What nothing allows is denied";
  }
}
