"use client";

import type { AuditPerson } from "@runweir/identity-domain";
import { Button, Input, SearchInput, Select } from "@runweir/web-ui";
import type { Address } from "@runweir/web-zones/address";
import { X } from "lucide-react";
import { type Ref, useState } from "react";
import { isFiltered, noFilter, readSpan, type Span } from "./read-filter.ts";

/** Radix has no empty value. */
const any = "*";

const spanNames: Readonly<Record<Span, string>> = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

export function AuditFilters({
  address,
  people,
  actions,
  searchRef,
}: {
  readonly address: Address;
  readonly people: readonly AuditPerson[];
  readonly actions: readonly string[];
  readonly searchRef: Ref<HTMLInputElement>;
}) {
  const person = address.get("person");
  const action = address.get("action");
  const kind = address.get("kind");
  const object = address.get("object");
  const choose = (name: string) => (value: string) =>
    address.set({ [name]: value === any ? undefined : value });
  const kinds = [...new Set(actions.map((name) => name.slice(0, name.indexOf("."))))].sort();
  return (
    <search aria-label="Filter entries" className="flex flex-wrap items-center gap-2">
      <SearchInput
        ref={searchRef}
        label="Search entries"
        placeholder="Names, ids, values"
        value={address.get("q") ?? ""}
        onValueChange={(next) => address.set({ q: next || undefined }, "replace")}
        className="w-52 max-sm:w-full"
      />
      <Select
        label="Person"
        value={person ?? any}
        onValueChange={choose("person")}
        options={withChosen(
          [
            { value: any, label: "Everybody" },
            ...people.map(({ id, name }) => ({ value: id, label: name === "" ? id : name })),
          ],
          person,
        )}
        className="max-w-48"
      />
      <Select
        label="Action"
        value={action ?? any}
        onValueChange={choose("action")}
        options={withChosen(
          [{ value: any, label: "Every action" }, ...actions.map((name) => ({ value: name, label: name }))],
          action,
        )}
        className="max-w-52"
      />
      <Select
        label="Kind of object"
        value={kind ?? any}
        onValueChange={(value) => address.set({ kind: value === any ? undefined : value, object: undefined })}
        options={withChosen(
          [{ value: any, label: "Every object" }, ...kinds.map((name) => ({ value: name, label: name }))],
          kind,
        )}
        className="max-w-48"
      />
      {object !== undefined && (
        <Button
          aria-label={`Not only ${object}`}
          onClick={() => address.set({ object: undefined })}
          className="max-w-60"
        >
          <span className="truncate">{object}</span>
          <X aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </Button>
      )}
      <TimeFilter address={address} />
      {isFiltered(address) && (
        <Button variant="ghost" onClick={() => address.set(noFilter)}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

function TimeFilter({ address }: { readonly address: Address }) {
  const span = readSpan(address);
  const from = address.get("from");
  const to = address.get("to");
  const [wantsDays, setWantsDays] = useState(false);
  const hasDays = span === undefined && (wantsDays || from !== undefined || to !== undefined);
  return (
    <>
      <Select
        label="Time"
        value={span ?? (hasDays ? "days" : any)}
        onValueChange={(value) => {
          setWantsDays(value === "days");
          const isSpan = value !== any && value !== "days";
          address.set({ span: isSpan ? value : undefined, from: undefined, to: undefined });
        }}
        options={[
          { value: any, label: "Any time" },
          ...Object.entries(spanNames).map(([value, label]) => ({ value, label })),
          { value: "days", label: "From day to day" },
        ]}
      />
      {hasDays && (
        <>
          <Input
            type="date"
            aria-label="From day"
            value={from ?? ""}
            max={to}
            onChange={(event) => address.set({ from: event.target.value || undefined }, "replace")}
            className="w-36"
          />
          <Input
            type="date"
            aria-label="To day"
            value={to ?? ""}
            min={from}
            onChange={(event) => address.set({ to: event.target.value || undefined }, "replace")}
            className="w-36"
          />
        </>
      )}
    </>
  );
}

/** What the address asks for stands in the list even where nobody would offer it. */
function withChosen(
  options: readonly { readonly value: string; readonly label: string }[],
  chosen: string | undefined,
) {
  if (chosen === undefined || options.some(({ value }) => value === chosen)) return options;
  return [...options, { value: chosen, label: chosen }];
}
