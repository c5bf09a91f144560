"use client";

import { formatAgo, formatCount, useNow } from "@runweir/web-ui";

/** Where an answer came from, as the wire carries it: times are texts. */
export type AnswerSource =
  | { readonly from: "postgres" }
  | {
      readonly from: "snapshot";
      readonly number: number;
      readonly createdAt: string;
      readonly tailUntil?: string | undefined;
    };

/** Said in the footer: from where an answer is, and how fresh. */
export function SourceNote({ source }: { readonly source: AnswerSource }) {
  const now = useNow();
  if (source.from === "postgres") return <span title="Read from the database itself">from Postgres</span>;
  const age = now === 0 ? "" : `, made ${formatAgo(Date.parse(source.createdAt), now)}`;
  return (
    <span
      title={
        source.tailUntil === undefined
          ? "Nothing of these runs has changed since the snapshot."
          : "Read from the snapshot together with what was logged since."
      }
    >
      snapshot #{formatCount(source.number)}
      {age}
      {source.tailUntil === undefined ? "" : " + what was logged since"}
    </span>
  );
}
