"use client";

import type { ParamImportance } from "@runweir/tracking-trpc";
import {
  Cell,
  classNames,
  formatCount,
  formatNumber,
  HeadCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@runweir/web-ui";

/** The params, most important first, with bars; a press shows one against the target. */
export function ParamRows({
  params,
  chosen,
  onChoose,
}: {
  readonly params: readonly ParamImportance[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
}) {
  const most = Math.max(...params.map(({ share }) => share), Number.MIN_VALUE);
  return (
    <Table>
      <TableHead>
        <tr>
          <HeadCell className="pl-4">Param</HeadCell>
          <HeadCell>Importance</HeadCell>
          <HeadCell>Correlation</HeadCell>
          <HeadCell numeric>Values</HeadCell>
          <HeadCell numeric>Runs</HeadCell>
        </tr>
      </TableHead>
      <TableBody>
        {params.map(({ key, share, correlation, values, runs }) => (
          <TableRow
            key={key}
            selected={key === chosen}
            onClick={() => onChoose(key)}
            className="cursor-pointer"
          >
            <Cell className="max-w-50 pl-4">
              <button
                type="button"
                aria-pressed={key === chosen}
                title={`${key}: show against the target`}
                className="num block max-w-full truncate rounded-sm hover:underline"
              >
                {key}
              </button>
            </Cell>
            <Cell>
              <span className="flex items-center gap-2">
                <Bar className="w-24 sm:w-36" share={share / most} />
                <span className="num">{percent(share)}</span>
              </span>
            </Cell>
            <Cell>
              {correlation === null ? (
                <span className="text-ink-3" title="A category has no linear correlation">
                  –
                </span>
              ) : (
                <span className="flex items-center gap-2">
                  <SignedBar value={correlation} />
                  <span className="num">{formatNumber(correlation, 2)}</span>
                </span>
              )}
            </Cell>
            <Cell numeric>{formatCount(values)}</Cell>
            <Cell numeric>{formatCount(runs)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Bar({ share, className }: { readonly share: number; readonly className: string }) {
  return (
    <span aria-hidden className={classNames("block h-2 rounded-sm bg-hover", className)}>
      <span
        className="block h-full rounded-sm bg-accent"
        style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }}
      />
    </span>
  );
}

/** From the middle to the right when the target grows with the param, to the left when it falls. */
function SignedBar({ value }: { readonly value: number }) {
  const width = Math.min(1, Math.abs(value)) * 50;
  return (
    <span aria-hidden className="relative block h-2 w-20 shrink-0 rounded-sm bg-hover">
      <span
        className="absolute inset-y-0 rounded-sm bg-ink-3"
        style={value < 0 ? { right: "50%", width: `${width}%` } : { left: "50%", width: `${width}%` }}
      />
      <span className="absolute inset-y-0 left-1/2 w-px bg-ink-2" />
    </span>
  );
}

function percent(share: number): string {
  const of100 = share * 100;
  return `${of100 >= 10 || of100 === 0 ? Math.round(of100) : of100.toFixed(1)} %`;
}
