"use client";

import { useRouter } from "next/navigation";
import { useTrackingClient } from "../tracking-api.ts";
import { NameDialog } from "./name-dialog.tsx";

export function CreateExperiment({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const client = useTrackingClient();
  const router = useRouter();
  if (!open) return null;
  return (
    <NameDialog
      title="New experiment"
      description="A place for runs that belong together."
      label="Name"
      confirmLabel="Create"
      initial=""
      onOpenChange={onOpenChange}
      onConfirm={async (name) => {
        const { experimentId } = await client.experiments.create.mutate({ name });
        router.push(`/experiments/${experimentId}`);
      }}
    />
  );
}
