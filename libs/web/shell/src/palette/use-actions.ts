"use client";

import { copyText, setThemeMode, useOrigin, useToast } from "@runweir/web-ui";
import { pythonSnippet } from "../python-snippet.ts";
import { type Command, createActions } from "./commands.ts";

/** The actions with what they do; dialogs are the caller's to open. */
export function useActions(opens: {
  readonly createExperiment: () => void;
  readonly showHelp: () => void;
}): readonly Command[] {
  const toast = useToast();
  const origin = useOrigin();
  const copy = async (title: string, text: string) => {
    const copied = await copyText(text);
    toast({ title: copied ? `${title} copied` : "The browser did not allow copying", description: text });
  };
  return createActions({
    ...opens,
    setTheme: setThemeMode,
    copySnippet: () => void copy("Snippet", pythonSnippet(origin)),
    copyAddress: () => void copy("Address", origin),
  });
}
