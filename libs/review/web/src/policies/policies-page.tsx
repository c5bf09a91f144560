"use client";

import { describeError, useAttempt } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  CardHeader,
  CodeSnippet,
  ErrorState,
  PageHeader,
  RelativeTime,
  Skeleton,
  Textarea,
  useDocumentTitle,
  useToast,
} from "@runweir/web-ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type PolicyRevision, type Simulation, useReviewApi, useReviewClient } from "../review-api.ts";
import { useDraft } from "../talk/use-draft.ts";
import { CheckTokensCard } from "./check-tokens-card.tsx";
import { RevisionsCard } from "./revisions-card.tsx";
import { SimulationCard } from "./simulation-card.tsx";

/** Who has to approve what, as YAML; tried on the last requests before it is proposed. */
export function PoliciesPage() {
  useDocumentTitle("Review policies");
  const api = useReviewApi();
  const query = useQuery(api.policies.get.queryOptions());
  return (
    <>
      <PageHeader crumbs={[{ label: "Reviews", href: "/reviews" }]} title="Policies" />
      {query.isError && query.data === undefined ? (
        <ErrorState problem={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <div className="p-4">
          <Skeleton className="w-60" />
        </div>
      ) : (
        <Editor key={query.data.revision} present={query.data} />
      )}
    </>
  );
}

function Editor({ present }: { readonly present: PolicyRevision }) {
  const api = useReviewApi();
  const client = useReviewClient();
  const queries = useQueryClient();
  const toast = useToast();
  const router = useRouter();
  const draft = useDraft(`policies ${present.revision}`, present.document);
  const document = draft.text;
  const simulating = useAttempt();
  const proposing = useAttempt();
  const problem = simulating.problem ?? proposing.problem;
  const [simulation, setSimulation] = useState<Simulation>();
  const propose = async () => {
    const { request } = await client.policies.propose.mutate({ document, baseRevision: present.revision });
    draft.clear();
    if (request) return router.push(`/reviews/${request.requestId}`);
    toast({ title: "The policies are in force" });
    await queries.invalidateQueries(api.pathFilter());
  };
  return (
    <div className="grid items-start gap-3.5 px-4 pt-1 pb-6 lg:grid-cols-2">
      <Card aria-label="Document">
        <CardHeader title={present.revision === 0 ? "No policies yet" : `Revision ${present.revision}`}>
          {present.revision > 0 && <RelativeTime at={present.time} className="text-ink-3" />}
        </CardHeader>
        <div className="flex flex-col gap-3 px-3 pb-3">
          {present.revision === 0 && (
            <p className="text-sm text-ink-2">
              Whoever may edit a model moves its aliases and stages. A policy names targets that move by a
              request alone, and what such a request needs: approvals, checks, resolved threads.
            </p>
          )}
          <Textarea
            mono
            aria-label="Policies in YAML"
            value={document}
            readOnly={!present.mayChange}
            onChange={(event) => {
              draft.setText(event.target.value);
              setSimulation(undefined);
            }}
            className="min-h-90"
          />
          {problem && <ErrorState compact problem={problem} />}
          {present.mayChange ? (
            <div className="flex flex-wrap justify-end gap-2">
              <Button
                busy={simulating.busy}
                onClick={() =>
                  void simulating.attempt(async () =>
                    setSimulation(await client.policies.simulate.mutate({ document, limit: 50 })),
                  )
                }
              >
                Try on the last 50 requests
              </Button>
              <Button
                variant="primary"
                busy={proposing.busy}
                disabled={document === present.document}
                onClick={() => void proposing.attempt(propose)}
              >
                Propose
              </Button>
            </div>
          ) : (
            <p className="text-sm text-ink-3">Administrators of the workspace change the policies.</p>
          )}
        </div>
      </Card>
      <div className="grid min-w-0 gap-3.5">
        {simulation && <SimulationCard simulation={simulation} />}
        {present.mayChange && <CheckTokensCard />}
        {present.revision > 0 && <RevisionsCard />}
        <Card aria-label="Example">
          <CardHeader title="For example" />
          <CodeSnippet label="YAML" code={example} className="mx-3 mb-3" />
        </Card>
      </div>
    </div>
  );
}

const example = `policies:
  - name: production
    model: fraud-*
    targets: ["@champion", Production]
    approvals: { count: 2, groups: [risk-owners] }
    checks: [signature, metrics]
    metrics:
      gates: ["auc >= base - 0.002"]
    require_resolved_threads: true
    direct_moves: deny`;
