"use client";

import type { Holder } from "@runweir/identity-domain";
import { Field, Input } from "@runweir/web-ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { useIdentityApi } from "../identity-api.ts";

const offered = 8;

/** A name that may be one of 10,000: what is typed is looked for, and what is found is offered. */
export function HolderField({
  name,
  label,
  hint,
  kinds,
  required = true,
  defaultValue = "",
  className,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kinds: readonly Holder["kind"][];
  readonly required?: boolean;
  readonly defaultValue?: string;
  readonly className?: string;
}) {
  const api = useIdentityApi();
  const listId = useId();
  const [typed, setTyped] = useState(defaultValue);
  const search = useDeferredValue(typed.trim());
  const found = useQuery(
    api.directory.members.holders.queryOptions(
      { search, kinds: [...kinds], limit: offered },
      { enabled: search !== "", placeholderData: keepPreviousData },
    ),
  );
  return (
    <Field label={label} {...{ hint }} {...(className ? { className } : {})}>
      {(ids) => (
        <>
          <Input
            {...ids}
            name={name}
            list={listId}
            // Chromium's own arrow fits in nowhere, and offers nothing before something was typed.
            className="[&::-webkit-calendar-picker-indicator]:hidden!"
            required={required}
            defaultValue={defaultValue}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <datalist id={listId}>
            {found.data?.items.map((one) => (
              <option key={`${one.kind} ${one.id}`} value={one.name}>
                {one.kind === "user" ? one.displayName : one.kind.replace("-", " ")}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
