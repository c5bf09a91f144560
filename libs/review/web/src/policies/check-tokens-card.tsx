"use client";

import { describeError, useAttempt } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  CardHeader,
  CodeSnippet,
  ConfirmDialog,
  ErrorState,
  Field,
  Input,
  RelativeTime,
} from "@runweir/web-ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useReviewApi, useReviewClient } from "../review-api.ts";

/** What lets something elsewhere report a check: one name, of models that a pattern names. A token is told once. */
export function CheckTokensCard() {
  const api = useReviewApi();
  const client = useReviewClient();
  const queries = useQueryClient();
  const query = useQuery(api.checkTokens.list.queryOptions());
  const [checkName, setCheckName] = useState("");
  const [model, setModel] = useState("*");
  const [token, setToken] = useState<string>();
  const [revoked, setRevoked] = useState<{ readonly tokenId: string; readonly checkName: string }>();
  const { busy, problem, attempt } = useAttempt();
  const refresh = () => queries.invalidateQueries(api.checkTokens.pathFilter());
  const create = async (event: FormEvent) => {
    event.preventDefault();
    await attempt(async () => {
      const made = await client.checkTokens.create.mutate({
        checkName: checkName.trim(),
        model: model.trim(),
      });
      setToken(made.token);
      setCheckName("");
      await refresh();
    });
  };
  return (
    <Card aria-label="Tokens of checks">
      <CardHeader title="Tokens of checks" count="for what runs elsewhere" />
      <div className="flex flex-col gap-3 px-3 pb-3 text-sm">
        <ul className="empty:hidden">
          {query.data?.map((one) => (
            <li key={one.tokenId} className="flex min-h-8 items-center gap-2">
              <span className="num min-w-0 truncate font-medium">{one.checkName}</span>
              <span className="min-w-0 truncate text-ink-3">
                of {one.model === "*" ? "all models" : one.model}, by {one.createdBy}{" "}
                <RelativeTime at={one.creationTime} />
              </span>
              {one.revokedTime === undefined ? (
                <Button variant="ghost" className="ml-auto" onClick={() => setRevoked(one)}>
                  Revoke
                </Button>
              ) : (
                <Badge className="ml-auto">revoked</Badge>
              )}
            </li>
          ))}
        </ul>
        {query.isError && query.data === undefined && (
          <ErrorState compact problem={describeError(query.error)} onRetry={() => void query.refetch()} />
        )}
        {token !== undefined && (
          <div className="flex flex-col gap-1.5">
            <p>It is told this once. Whatever runs the check keeps it as a secret.</p>
            <CodeSnippet label="token" code={token} />
          </div>
        )}
        <form onSubmit={(event) => void create(event)} className="flex flex-wrap items-end gap-2">
          <Field label="Check" className="min-w-32 flex-1">
            {(ids) => (
              <Input
                {...ids}
                required
                placeholder="ci/bias"
                value={checkName}
                onChange={(event) => setCheckName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Models" className="min-w-32 flex-1">
            {(ids) => (
              <Input {...ids} required value={model} onChange={(event) => setModel(event.target.value)} />
            )}
          </Field>
          <Button type="submit" busy={busy} disabled={checkName.trim() === ""}>
            Make a token
          </Button>
        </form>
        {problem && <ErrorState compact problem={problem} />}
      </div>
      {revoked && (
        <ConfirmDialog
          open
          onOpenChange={() => setRevoked(undefined)}
          title={`Revoke the token of ${revoked.checkName}?`}
          description="What runs the check can report it no more. What it has reported stays."
          confirmLabel="Revoke"
          danger
          describeError={describeError}
          onConfirm={async () => {
            await client.checkTokens.revoke.mutate({ tokenId: revoked.tokenId });
            await refresh();
          }}
        />
      )}
    </Card>
  );
}
