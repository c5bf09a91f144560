"use client";

import type { Preferences, Topic, Wish } from "@runweir/notifications-domain";
import { describeError } from "@runweir/web-trpc-client";
import { ErrorState, PageHeader, Select, Skeleton, useDocumentTitle, useToast } from "@runweir/web-ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNotificationsApi, useNotificationsClient } from "./notifications-api.ts";

const topics = [
  { topic: "review_requested", label: "Your review is asked for" },
  { topic: "mentioned", label: "Somebody mentions you" },
  { topic: "state_changed", label: "A request of yours, or one that you review, changes" },
] as const satisfies readonly { topic: Topic; label: string }[];
const wishes = [
  { value: "at_once", label: "at once" },
  { value: "daily", label: "once a day" },
  { value: "never", label: "never" },
] as const satisfies readonly { value: Wish; label: string }[];
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00 UTC`,
}));

/** What one is told by e-mail, and how. */
export function NotificationsPage() {
  useDocumentTitle("Notifications");
  const api = useNotificationsApi();
  const client = useNotificationsClient();
  const queries = useQueryClient();
  const toast = useToast();
  const { data, error, refetch } = useQuery(api.preferences.queryOptions());
  const save = useMutation({
    mutationFn: (next: Preferences) => client.setPreferences.mutate(next),
    onError: (problem) =>
      toast({ title: "It was not kept", description: describeError(problem).message, tone: "bad" }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.pathKey() }),
  });
  const change = (changes: Partial<Preferences>) => {
    if (data === undefined) return;
    const { sendsMail: _, ...kept } = data;
    save.mutate({ ...kept, ...changes });
  };
  return (
    <>
      <PageHeader title="Notifications" />
      <div className="flex max-w-2xl flex-col gap-3 px-4 pt-1 pb-6">
        {data?.sendsMail === false && (
          <p className="rounded-lg border border-line bg-surface px-3 py-2 text-sm text-ink-2">
            This installation sends no e-mail: its administrator has not set{" "}
            <code className="font-mono">RUNWEIR_SMTP_URL</code>.
          </p>
        )}
        {error ? (
          <ErrorState problem={describeError(error)} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Skeleton className="h-24 w-full" />
        ) : (
          <>
            {topics.map(({ topic, label }) => (
              <div key={topic} className="flex items-center justify-between gap-4">
                <span>{label}</span>
                <Select
                  label={label}
                  value={data[topic]}
                  onValueChange={(wish) => change({ [topic]: wish })}
                  options={wishes}
                />
              </div>
            ))}
            <div className="flex items-center justify-between gap-4">
              <span>The e-mail of the day goes out at</span>
              <Select
                label="Hour of the daily e-mail"
                value={String(data.dailyHour)}
                onValueChange={(hour) => change({ dailyHour: Number(hour) })}
                options={hours}
              />
            </div>
          </>
        )}
      </div>
    </>
  );
}
