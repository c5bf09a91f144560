"use client";

import { CopyButton, Dialog } from "@runweir/web-ui";
import { plainCell } from "../run/format-cell.ts";
import type { CellValue, ColumnKind } from "../run/result-table.ts";

/** One value whole, however long it is; JSON with its lines. */
export function CellView({
  name,
  kind,
  value,
  onClose,
}: {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly value: CellValue;
  readonly onClose: () => void;
}) {
  const text = value === null ? "NULL" : indented(plainCell(value, kind));
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={name} size="lg">
      <div className="relative">
        <pre className="max-h-[60dvh] overflow-auto rounded-md bg-sunken p-3 pr-12 whitespace-pre-wrap">
          {text}
        </pre>
        <div className="absolute top-1.5 right-1.5">
          <CopyButton text={text} label="Copy" />
        </div>
      </div>
    </Dialog>
  );
}

function indented(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
