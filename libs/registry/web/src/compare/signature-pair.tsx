"use client";

import { fileUrl, readModelFile, useText } from "@runweir/tracking-web";
import { Card, CardHeader, classNames, Skeleton } from "@runweir/web-ui";
import type { VersionFacts } from "../version/use-version-facts.ts";
import { filePath } from "../version/version-files.ts";
import { type FieldChange, signatureChanges } from "./signature-changes.ts";

const looks = {
  added: { sign: "+", ink: "text-ok" },
  removed: { sign: "−", ink: "text-bad" },
  changed: { sign: "~", ink: "text-warn" },
  same: { sign: " ", ink: "text-ink-2" },
} as const satisfies Record<FieldChange["kind"], object>;

/** What both take and give, as lines that came, went or changed. */
export function SignaturePair({
  a,
  b,
  onlyDifferences,
}: {
  readonly a: VersionFacts;
  readonly b: VersionFacts;
  readonly onlyDifferences: boolean;
}) {
  const before = useSignature(a);
  const after = useSignature(b);
  const known = before.known && after.known;
  const missing = known && (before.signature === undefined || after.signature === undefined);
  const changes =
    before.signature && after.signature ? signatureChanges(before.signature, after.signature) : [];
  const shown = onlyDifferences ? changes.filter(({ kind }) => kind !== "same") : changes;
  const count = changes.filter(({ kind }) => kind !== "same").length;
  return (
    <Card aria-label="Signature">
      <CardHeader title="Signature" count={changes.length > 0 && `${count} of ${changes.length} differ`} />
      {!known ? (
        <div className="px-3 pb-4">
          <Skeleton className="w-48" />
        </div>
      ) : missing ? (
        <p className="px-3 pb-3 text-sm text-ink-3">
          One of the two has no MLmodel file that can be read here.
        </p>
      ) : shown.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">
          {changes.length === 0 ? "Neither version has a signature." : "They take and give the same."}
        </p>
      ) : (
        <ul className="num pb-2.5">
          {shown.map((change) => (
            <li
              key={`${change.part} ${change.name} ${change.kind}`}
              className={classNames("px-3 py-0.5 break-words", looks[change.kind].ink)}
            >
              <span aria-hidden className="whitespace-pre">
                {looks[change.kind].sign}{" "}
              </span>
              <span className="sr-only">{change.kind}: </span>
              {change.part} {change.name}:{" "}
              {change.kind === "changed"
                ? `${change.before} → ${change.after}`
                : (change.after ?? change.before)}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function useSignature({ files, elsewhere }: VersionFacts) {
  const url = files && fileUrl(files.owner, filePath(files, "MLmodel"));
  const text = useText(url ?? "", { enabled: url !== undefined });
  return {
    known: elsewhere || text.isError || text.data !== undefined,
    signature: text.data && readModelFile(text.data.text),
  };
}
