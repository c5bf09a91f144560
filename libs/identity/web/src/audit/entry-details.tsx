"use client";

import type { AuditEntry } from "@runweir/identity-domain";
import { Button, CopyButton, Detail, DetailList } from "@runweir/web-ui";
import type { Address } from "@runweir/web-zones/address";
import { type DetailChange, listChanges } from "./detail-changes.ts";

/** What one entry says besides its line: what changed, from where, and its place in the chain. */
export function EntryDetails({ entry, address }: { readonly entry: AuditEntry; readonly address: Address }) {
  const { actor, action, object, origin } = entry;
  const changes = listChanges(entry.before, entry.after);
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-3 whitespace-normal">
      <div className="min-w-0 flex-1 basis-80">
        {changes.length === 0 ? (
          <p className="py-1 text-ink-3">Nothing is kept of before and after.</p>
        ) : (
          <ChangeTable changes={changes} />
        )}
        <div className="flex flex-wrap gap-2 pt-3">
          <Button onClick={() => address.set({ person: actor.id })}>Only {actor.name || actor.id}</Button>
          <Button onClick={() => address.set({ action })}>Only {action}</Button>
          <Button onClick={() => address.set({ kind: object.kind, object: object.id })}>
            Only this object
          </Button>
        </div>
      </div>
      <div className="min-w-0 flex-1 basis-72">
        <DetailList>
          <Detail name="Person">
            <Id kind={actor.kind} text={actor.id} />
          </Detail>
          <Detail name="Object">
            <Id kind={object.kind} text={object.id} />
          </Detail>
          <Detail name="Workspace">{entry.workspace ?? "whole server"}</Detail>
          <Detail name="From">
            {origin.door}
            {origin.address !== null && <span className="num"> {origin.address}</span>}
          </Detail>
          {origin.userAgent !== null && <Detail name="With">{origin.userAgent}</Detail>}
          {origin.tokenId !== null && (
            <Detail name="Token">
              <Id text={origin.tokenId} />
            </Detail>
          )}
          <Detail name="Request">
            <Id text={origin.requestId} />
          </Detail>
          <Detail name="Hash">
            <Id text={entry.hash} shown={entry.hash.slice(0, 16)} />
          </Detail>
        </DetailList>
      </div>
    </div>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly DetailChange[] }) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
      <caption className="sr-only">What changed</caption>
      <thead>
        <tr className="text-left text-ink-3">
          <th scope="col" className="w-3/10 py-1 pr-2 font-medium">
            Field
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Before
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="align-top">
            <th scope="row" className="py-1 pr-2 text-left font-normal break-words text-ink-2">
              {field === "" ? "value" : field}
            </th>
            <Side value={before} tone={before === after ? "" : "bg-bad-soft"} />
            <Side value={after} tone={before === after ? "" : "bg-ok-soft"} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ value, tone }: { readonly value: string | undefined; readonly tone: string }) {
  if (value === undefined) return <td className="px-2 py-1 text-ink-3">–</td>;
  return (
    <td className={`num px-2 py-1 break-words whitespace-pre-wrap ${tone}`}>
      {value === "" ? <span className="text-ink-3">empty</span> : value}
    </td>
  );
}

function Id({
  kind,
  text,
  shown = text,
}: {
  readonly kind?: string;
  readonly text: string;
  readonly shown?: string;
}) {
  if (text === "") return <>{kind ?? "–"}</>;
  return (
    <span className="-my-1 flex items-center gap-1.5">
      {kind}
      <span className="num truncate" title={text}>
        {shown}
      </span>
      <CopyButton text={text} label={`Copy ${shown}`} />
    </span>
  );
}
