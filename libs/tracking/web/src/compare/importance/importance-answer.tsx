"use client";

import type { Importance } from "@runweir/tracking-trpc";
import { classNames, formatNumber } from "@runweir/web-ui";
import { TriangleAlert } from "lucide-react";
import type { RunSet } from "../use-run-set.ts";
import { judge, reasons } from "./judge.ts";
import { ParamRows } from "./param-rows.tsx";
import { ParamScatter } from "./param-scatter.tsx";

/** The params with their shares beside one of them against the target. */
export function ImportanceAnswer({
  answer,
  set,
  target,
  stale,
  param,
  onParam,
}: {
  readonly answer: Pick<Importance, "outOfBag" | "params" | "paramsLeftOut">;
  readonly set: RunSet;
  readonly target: { readonly key: string; readonly aggregate: "last" | "min" | "max" };
  readonly stale: boolean;
  /** The one that is shown against the target; the first when it is none of them. */
  readonly param: string | undefined;
  readonly onParam: (key: string) => void;
}) {
  const { outOfBag, params, paramsLeftOut } = answer;
  const { words, weak } = judge(outOfBag);
  const chosen = params.find(({ key }) => key === param)?.key ?? params[0]?.key;
  return (
    <div className={classNames("transition-opacity", stale && "opacity-60")}>
      <p className="flex items-center gap-2 px-4 py-2.5 text-sm">
        {weak && <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />}
        <span>
          {words}{" "}
          {outOfBag !== null && (
            <span className="num text-ink-3" title="R² of the forest on runs that its trees have not seen">
              out-of-bag R² {formatNumber(outOfBag, 2)}
            </span>
          )}
        </span>
      </p>
      <div className="grid grid-cols-1 items-start gap-3 px-4 pb-4 @min-[900px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <section
          aria-label="Params"
          className="min-w-0 overflow-x-auto rounded-lg border border-line bg-surface"
        >
          {params.length > 0 ? (
            <ParamRows params={params} chosen={chosen} onChoose={onParam} />
          ) : (
            <p className="px-4 py-6 text-center text-sm text-ink-3">No param differs between these runs.</p>
          )}
          {paramsLeftOut.length > 0 && (
            <details className="border-t border-line px-4 py-2 text-sm text-ink-2">
              <summary>
                {paramsLeftOut.length === 1 ? "1 param" : `${paramsLeftOut.length} params`} left out
              </summary>
              <ul className="pt-1">
                {paramsLeftOut.map(({ key, reason }) => (
                  <li key={key} className="flex gap-2 leading-6">
                    <span className="num min-w-0 truncate">{key}</span>
                    <span className="text-ink-3">{reasons[reason]}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
        {chosen !== undefined && <ParamScatter key={chosen} set={set} param={chosen} target={target} />}
      </div>
    </div>
  );
}
