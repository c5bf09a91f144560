"use client";

import { readTarget } from "@runweir/registry-web/target";
import { describeError, useAttempt } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  Checkbox,
  ErrorState,
  Field,
  Input,
  PageHeader,
  SegmentedControl,
  Textarea,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useState } from "react";
import { policyWords } from "../policy-words.ts";
import { useReviewApi, useReviewClient } from "../review-api.ts";
import { useDraft } from "../talk/use-draft.ts";

/** Asks for an alias or a stage to be moved to a version: `/reviews/new?model=...&version=...&target=@champion`. */
export function OpenPage() {
  useDocumentTitle("Open a request");
  const api = useReviewApi();
  const client = useReviewClient();
  const router = useRouter();
  const address = useAddress();
  const model = address.get("model") ?? "";
  // What the page was come to with: on the way here the window still shows the address before.
  const arrived = useSearchParams();
  // Links from a model or a version name it; who comes without one says which.
  const [named] = useState(() => arrived.get("model") ?? "");
  const version = address.get("version") ?? "";
  const [asked] = useState(() => readTarget(arrived.get("target") ?? "@champion"));
  const [kind, setKind] = useState<"alias" | "stage">(asked.kind);
  const [name, setName] = useState(asked.kind === "alias" ? asked.alias : asked.stage);
  const [title, setTitle] = useState("");
  const [reviewers, setReviewers] = useState("");
  const [isDraft, setIsDraft] = useState(false);
  const body = useDraft(`new ${named}`);
  const { busy, problem, attempt } = useAttempt();
  const wanted = name.trim().replace(/^@/, "");
  const target = kind === "alias" ? { kind, alias: wanted } : { kind, stage: wanted };
  const policy = useQuery(
    api.policies.for.queryOptions({ model, target }, { enabled: model !== "" && wanted !== "" }),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await attempt(async () => {
      const opened = await client.requests.open.mutate({
        model,
        moves: [{ target, version: Number(version) }],
        isDraft,
        ...(title.trim() === "" ? {} : { title: title.trim() }),
        ...(body.text.trim() === "" ? {} : { body: body.text }),
        reviewers: reviewers
          .split(",")
          .map((one) => one.trim().replace(/^@/, ""))
          .filter(Boolean),
      });
      body.clear();
      router.push(`/reviews/${opened.requestId}`);
    });
  };
  return (
    <>
      <PageHeader
        crumbs={
          named === ""
            ? [{ label: "Reviews", href: "/reviews" }]
            : [
                { label: "Models", href: "/models" },
                { label: named, href: `/models/${encodeURIComponent(named)}` },
              ]
        }
        title="Open a request"
      />
      <form onSubmit={(event) => void submit(event)} className="px-4 pt-1 pb-6">
        <Card className="flex max-w-180 flex-col gap-3 p-4">
          {named === "" && (
            <Field label="Model" hint="Its name. A version’s page names it already: “Open a request”.">
              {(ids) => (
                <Input
                  {...ids}
                  required
                  value={model}
                  onChange={(event) => address.set({ model: event.target.value || undefined }, "replace")}
                />
              )}
            </Field>
          )}
          <div className="flex flex-wrap items-end gap-3">
            <Field label="Version" className="w-24">
              {(ids) => (
                <Input
                  {...ids}
                  inputMode="numeric"
                  value={version}
                  onChange={(event) => address.set({ version: event.target.value || undefined }, "replace")}
                />
              )}
            </Field>
            <SegmentedControl
              label="What moves"
              value={kind}
              onValueChange={(next) => {
                setKind(next);
                setName(next === "alias" ? "champion" : "Production");
              }}
              options={[
                { value: "alias", label: "Alias" },
                { value: "stage", label: "Stage" },
              ]}
            />
            <Field label={kind === "alias" ? "Alias" : "Stage"} className="min-w-40 flex-1">
              {(ids) => <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
          </div>
          {policy.data && (
            <p className="text-sm text-ink-3">
              {policy.data.name === "none"
                ? "No policy names this target: nobody has to approve."
                : `Policy ${policy.data.name}: ${policyWords(policy.data)}.`}
            </p>
          )}
          {policy.isError && (
            <p className="text-sm text-ink-3">
              Which policy asks for what is not known: {describeError(policy.error).message}
            </p>
          )}
          <Field label="Title" hint="Without one it says what moves.">
            {(ids) => <Input {...ids} value={title} onChange={(event) => setTitle(event.target.value)} />}
          </Field>
          <Field label="Why" hint="Markdown. Kept here until it is sent.">
            {(ids) => (
              <Textarea
                {...ids}
                mono
                value={body.text}
                onChange={(event) => body.setText(event.target.value)}
              />
            )}
          </Field>
          <Field label="Reviewers" hint="Names of people and groups, with commas between them.">
            {(ids) => (
              <Input {...ids} value={reviewers} onChange={(event) => setReviewers(event.target.value)} />
            )}
          </Field>
          <Checkbox label="As a draft" checked={isDraft} onCheckedChange={setIsDraft}>
            As a draft: nobody is asked yet
          </Checkbox>
          {problem && <ErrorState compact problem={problem} />}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={busy}
            disabled={model === "" || wanted === "" || !/^\d+$/.test(version)}
            className="self-start"
          >
            Open the request
          </Button>
        </Card>
      </form>
    </>
  );
}
