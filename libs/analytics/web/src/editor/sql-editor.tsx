"use client";

import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { SchemaTable } from "../schema/use-schema.ts";
import { sqlExtensions, sqlLanguage } from "./sql-extensions.ts";

export interface EditorHandle {
  focus(): void;
  /** Puts a text where the cursor is. */
  insert(text: string): void;
  /** The marked part, when one is marked. */
  selection(): { readonly text: string; readonly offset: number } | undefined;
}

export interface EditorError {
  readonly offset: number;
  readonly message: string;
}

/** Undo and the cursor of a tab outlive a look at another one. */
const states = new Map<string, EditorState>();

/** The editor of one tab; `value` is what it starts with. */
export function SqlEditor({
  tabId,
  value,
  tables,
  error,
  onChange,
  onRun,
  ref,
}: {
  readonly tabId: string;
  readonly value: string;
  readonly tables: readonly SchemaTable[];
  readonly error: EditorError | undefined;
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
  readonly ref?: Ref<EditorHandle>;
}) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef({ onChange, onRun, value });
  useEffect(() => {
    latest.current = { onChange, onRun, value };
  });
  const language = useRef(new Compartment());
  const listening = useRef(new Compartment());

  useEffect(() => {
    const parent = place.current;
    if (!parent) return;
    const listener = EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      latest.current.onChange(update.state.doc.toString());
      // It told of a statement that is another one now.
      queueMicrotask(() => update.view.dispatch(setDiagnostics(update.view.state, [])));
    });
    const known = states.get(tabId);
    const state =
      known?.doc.toString() === latest.current.value
        ? known
        : EditorState.create({
            doc: latest.current.value,
            extensions: [
              ...sqlExtensions(() => latest.current.onRun()),
              language.current.of([]),
              listening.current.of([]),
            ],
          });
    const made = new EditorView({ parent, state });
    made.dispatch({ effects: listening.current.reconfigure(listener) });
    view.current = made;
    return () => {
      states.set(tabId, made.state);
      made.destroy();
      view.current = undefined;
    };
  }, [tabId]);

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(sqlLanguage(tables)) });
  }, [tables]);

  // What was loaded into the tab from elsewhere.
  useEffect(() => {
    const shown = view.current;
    if (!shown || shown.state.doc.toString() === value) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const shown = view.current;
    if (!shown) return;
    const length = shown.state.doc.length;
    const from = Math.min(error?.offset ?? 0, length);
    const word = shown.state.wordAt(from);
    const marks = error
      ? [
          {
            from: Math.max(0, Math.min(from, length - 1)),
            to: Math.min(length, Math.max(word?.to ?? from + 1, from + 1)),
            severity: "error" as const,
            message: error.message,
          },
        ]
      : [];
    shown.dispatch(setDiagnostics(shown.state, marks));
  }, [error]);

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    insert(text) {
      const shown = view.current;
      if (!shown) return;
      shown.dispatch(shown.state.replaceSelection(text));
      shown.focus();
    },
    selection() {
      const range = view.current?.state.selection.main;
      if (!view.current || !range || range.empty) return undefined;
      return { text: view.current.state.sliceDoc(range.from, range.to), offset: range.from };
    },
  }));

  return <div ref={place} className="sql-editor h-full min-h-0" />;
}
