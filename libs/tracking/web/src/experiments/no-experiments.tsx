"use client";

import { CodeSnippet, EmptyState } from "@runweir/web-ui";

export function NoExperiments({ text, deleted }: { readonly text: string; readonly deleted: boolean }) {
  if (text !== "") {
    return (
      <EmptyState title={`No ${deleted ? "deleted " : ""}experiment is called “${text}”`}>
        <p>The search looks for the text anywhere in the name, upper or lower case.</p>
      </EmptyState>
    );
  }
  if (deleted) {
    return (
      <EmptyState title="Nothing is deleted">
        <p>Deleted experiments stay here with their runs until somebody restores them.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No experiments yet">
      <p>An experiment holds runs that belong together. Clients make one when they first log to it:</p>
      <CodeSnippet code={'mlflow.set_experiment("my-experiment")'} />
    </EmptyState>
  );
}
