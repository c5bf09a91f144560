"use client";

import { Dialog, ErrorState, formatCompact, SkeletonRows } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { readFailure } from "../run/sql-failure.ts";
import { bodyOf, type SqlRequest } from "../run/sql-request.ts";

interface PlanStep {
  readonly operator: string;
  readonly rows?: number | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly children: readonly PlanStep[];
}

/** How the statement would be run, from the last step down to what is read. */
export function PlanDialog({
  request,
  onClose,
}: {
  readonly request: SqlRequest;
  readonly onClose: () => void;
}) {
  const plan = useQuery({
    queryKey: ["sql", "plan", bodyOf(request)],
    retry: false,
    queryFn: async ({ signal }) => {
      const answer = await fetch("/api/sql/plan", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: bodyOf(request),
        signal,
      });
      if (!answer.ok) throw await readFailure(answer);
      return ((await answer.json()) as { plan: readonly PlanStep[] }).plan;
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="How it would be run"
      description="From the last step to what is read; rows are guesses."
      size="lg"
    >
      {plan.isPending && <SkeletonRows rows={5} columns={1} />}
      {plan.isError && <ErrorState compact problem={{ message: plan.error.message }} />}
      <div className="max-h-[60dvh] overflow-auto">{plan.data && <Steps steps={plan.data} />}</div>
    </Dialog>
  );
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Steps({ steps }: { readonly steps: readonly PlanStep[] }) {
  return (
    <ul className="flex flex-col gap-1 border-l border-line pl-3 first:border-0 first:pl-0">
      {steps.map((step, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change
        <li key={place} className="flex flex-col gap-1">
          <div>
            <code className="font-semibold">{step.operator.trim()}</code>
            {typeof step.rows === "number" && (
              <span className="ml-2 text-sm text-ink-3">about {formatCompact(step.rows)} rows</span>
            )}
            <ul className="text-sm text-ink-2">
              {Object.entries(step.details).map(([name, value]) => (
                <li key={name} className="break-words">
                  {name}: <code>{wordsOf(value)}</code>
                </li>
              ))}
            </ul>
          </div>
          {step.children.length > 0 && <Steps steps={step.children} />}
        </li>
      ))}
    </ul>
  );
}
