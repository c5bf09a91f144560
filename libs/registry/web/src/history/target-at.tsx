"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Card, Field, formatInstant, Input } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { versionHref } from "../model-address.ts";
import { useRegistryApi } from "../registry-api.ts";
import { readTarget } from "../target.ts";

/** "What was champion on 3 May at 14:00, and who had moved it there": one question, kept in the address. */
export function TargetAt({ name }: { readonly name: string }) {
  const api = useRegistryApi();
  const address = useAddress();
  const what = address.get("what") ?? "@champion";
  const at = address.get("at") ?? "";
  const time = new Date(at).getTime();
  const target = readTarget(what);
  const isWhole = what.replace("@", "").trim() !== "" && Number.isFinite(time);
  const { data, error } = useQuery(
    api.history.at.queryOptions({ name, target, time: isWhole ? time : 0 }, { enabled: isWhole }),
  );
  return (
    <Card aria-label="What was it then" className="flex flex-wrap items-end gap-3 p-3">
      <Field label="What was" className="w-40">
        {(ids) => (
          <Input
            {...ids}
            placeholder="@champion or Production"
            value={what}
            onChange={(event) => address.set({ what: event.target.value }, "replace")}
          />
        )}
      </Field>
      <Field label="On" className="w-52">
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            value={at}
            onChange={(event) => address.set({ at: event.target.value || undefined }, "replace")}
          />
        )}
      </Field>
      <p aria-live="polite" className="min-h-5 flex-1 pb-1 text-sm text-ink-2">
        {error ? (
          <span className="text-bad">{describeError(error).message}</span>
        ) : data === undefined ? null : data === null || data.version === undefined ? (
          "Nothing that is known."
        ) : (
          <>
            <ZoneLink
              href={versionHref(name, data.version)}
              className="font-semibold text-ink hover:underline"
            >
              Version {data.version}
            </ZoneLink>
            , moved there by {data.actor.name}, {formatInstant(data.validFrom)}
            {data.reason !== undefined && `: ${data.reason}`}
          </>
        )}
      </p>
    </Card>
  );
}
