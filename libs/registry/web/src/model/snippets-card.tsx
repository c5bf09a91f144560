"use client";

import { Card, CardHeader, CodeSnippet, SegmentedControl, useOrigin } from "@runweir/web-ui";
import { useState } from "react";
import { type Asked, loadSnippet, type SnippetLanguage } from "./load-snippet.ts";

const languages = [
  { value: "python", label: "Python" },
  { value: "typescript", label: "TypeScript" },
  { value: "curl", label: "curl" },
] as const satisfies readonly { value: SnippetLanguage; label: string }[];

/** How programs get it. */
export function SnippetsCard({ name, of }: { readonly name: string; readonly of: Asked }) {
  const origin = useOrigin();
  const [language, setLanguage] = useState<SnippetLanguage>("python");
  const label = languages.find(({ value }) => value === language)?.label ?? "";
  return (
    <Card aria-label="Use it">
      <CardHeader title="Use it">
        <SegmentedControl label="Language" value={language} onValueChange={setLanguage} options={languages} />
      </CardHeader>
      <CodeSnippet label={label} code={loadSnippet(language, { origin, name, of })} className="mx-3 mb-3" />
    </Card>
  );
}
