"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, Checkbox, Dialog, ErrorState, Field, Input } from "@runweir/web-ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { useWebhooksApi, useWebhooksClient } from "./webhooks-api.ts";

/** A form for a webhook of the workspace, or of one model. */
export function AddWebhook({ model }: { readonly model: string | null }) {
  const formId = useId();
  const api = useWebhooksApi();
  const client = useWebhooksClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const events = useQuery({ ...api.events.queryOptions(), enabled: open });
  const submit = useMutation({
    mutationFn: (form: FormData) =>
      client.create.mutate({
        name: textOf(form, "name").trim(),
        url: textOf(form, "url").trim(),
        secret: textOf(form, "secret") || undefined,
        events: [...chosen],
        model: model ?? undefined,
      }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: api.pathKey() });
    },
  });
  const show = (next: boolean) => {
    submit.reset();
    setChosen([]);
    setOpen(next);
  };
  return (
    <>
      <Button icon={<Plus aria-hidden className="size-3.5" />} onClick={() => show(true)}>
        Add a webhook
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title="Add a webhook"
        description="It is called with a POST of JSON, signed as MLflow signs its webhooks."
        footer={
          <>
            <Button onClick={() => show(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" busy={submit.isPending}>
              Add a webhook
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            submit.mutate(new FormData(event.currentTarget));
          }}
        >
          <Field label="Name" hint="Letters, digits, dots, underscores and hyphens">
            {(ids) => <Input {...ids} name="name" required />}
          </Field>
          <Field label="Address" hint="Begins with https://">
            {(ids) => <Input {...ids} name="url" required />}
          </Field>
          <Field label="Secret" hint="Signs what is sent; it is shown to nobody again">
            {(ids) => <Input {...ids} name="secret" type="password" autoComplete="off" />}
          </Field>
          <fieldset className="flex flex-col gap-1">
            <legend className="pb-1 text-sm text-ink-2">Events</legend>
            <div className="grid max-h-56 gap-x-4 gap-y-1 overflow-y-auto sm:grid-cols-2">
              {events.data?.map((event) => (
                <Checkbox
                  key={event}
                  label={event}
                  checked={chosen.includes(event)}
                  onCheckedChange={(isChosen) =>
                    setChosen((before) =>
                      isChosen ? [...before, event] : before.filter((one) => one !== event),
                    )
                  }
                >
                  <span className="font-mono text-sm">{event}</span>
                </Checkbox>
              ))}
            </div>
          </fieldset>
          {submit.error && <ErrorState compact problem={describeError(submit.error)} />}
        </form>
      </Dialog>
    </>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
