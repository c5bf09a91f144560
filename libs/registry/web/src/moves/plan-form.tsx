"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  CardHeader,
  ErrorState,
  Field,
  SegmentedControl,
  Select,
  Textarea,
} from "@runweir/web-ui";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { ModelSelection } from "../models/use-models.ts";
import { useRegistryClient } from "../registry-api.ts";
import { moveHref } from "./move-address.ts";
import { TargetName } from "./target-name.tsx";

type Kind = "alias" | "stage";

const first = { alias: "champion", stage: "Production" } as const;
const versions = [
  { value: "latest", label: "The latest version" },
  { value: "alias", label: "The version of another alias" },
  { value: "stage", label: "The newest version in a stage" },
] as const;
const nothing = { value: "none", label: "No version: take the alias off" } as const;

/** What moves, to which version of each model, and why; makes the plan and goes to its page. */
export function PlanForm({
  selection,
  disabled,
}: {
  readonly selection: ModelSelection;
  readonly disabled: boolean;
}) {
  const client = useRegistryClient();
  const router = useRouter();
  const [kind, setKind] = useState<Kind>("alias");
  const [name, setName] = useState<string>(first.alias);
  const [version, setVersion] = useState<(typeof versions)[number]["value"] | "none">("latest");
  const [source, setSource] = useState("");
  const [reason, setReason] = useState("");
  const { busy, problem, attempt } = useAttempt();
  const target = pointer(kind, name);
  const hasSource = version === "alias" || version === "stage";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await attempt(async () => {
      const plan = await client.bulk.plan.mutate({
        models: selection,
        target,
        version: hasSource ? pointer(version, source) : { kind: version },
        reason: reason.trim(),
      });
      router.push(moveHref(plan.jobId));
    });
  };
  return (
    <Card aria-label="What moves">
      <CardHeader title="What moves" />
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3 px-4 pb-4">
        <div className="flex flex-wrap items-end gap-3">
          <SegmentedControl
            label="An alias or a stage"
            value={kind}
            onValueChange={(next) => {
              setKind(next);
              setName(first[next]);
              if (next === "stage" && version === "none") setVersion("latest");
            }}
            options={[
              { value: "alias", label: "Alias" },
              { value: "stage", label: "Stage" },
            ]}
          />
          <TargetName
            kind={kind}
            label={kind === "alias" ? "Alias" : "Stage"}
            value={name}
            onChange={setName}
          />
        </div>
        <div className="flex flex-wrap items-end gap-3">
          <Field
            label={kind === "alias" ? "Points at" : "Which version moves there"}
            className="min-w-60 flex-1"
          >
            {({ id }) => (
              <Select
                id={id}
                label="Which version"
                value={version}
                onValueChange={(next) => {
                  setVersion(next);
                  setSource(next === "stage" ? "Staging" : "");
                }}
                options={kind === "alias" ? [...versions, nothing] : versions}
              />
            )}
          </Field>
          {hasSource && (
            <TargetName
              kind={version}
              label={version === "alias" ? "Of alias" : "In stage"}
              value={source}
              onChange={setSource}
            />
          )}
        </div>
        <Field label="Why" hint="Kept in the history of every model that moves.">
          {(ids) => (
            <Textarea {...ids} required value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {problem && <ErrorState compact problem={problem} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={busy}
            disabled={
              disabled || name.trim() === "" || reason.trim() === "" || (hasSource && source.trim() === "")
            }
          >
            Plan the move
          </Button>
          <span className="text-sm text-ink-3">Nothing moves until you apply the plan.</span>
        </div>
      </form>
    </Card>
  );
}

function pointer(kind: Kind, name: string) {
  const wanted = name.trim();
  return kind === "alias"
    ? ({ kind, alias: wanted.replace(/^@/, "") } as const)
    : ({ kind, stage: wanted } as const);
}
