import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completeFromList,
  completionKeymap,
  ifNotIn,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { SchemaTable } from "../schema/use-schema.ts";
import { completeNames } from "./complete-names.ts";
import { functionCompletions } from "./functions.ts";

/** What an editor of SQL is, whatever statement is in it. */
export function sqlExtensions(run: () => void): readonly Extension[] {
  return [
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    syntaxHighlighting(classHighlighter),
    autocompletion({ icons: false, activateOnTypingDelay: 80 }),
    placeholder("SELECT … FROM runs"),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "SQL statement" }),
    keymap.of([
      {
        key: "Mod-Enter",
        preventDefault: true,
        run(view) {
          closeCompletion(view);
          run();
          return true;
        },
      },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
      // Tab indents; Escape and then Tab leaves the editor, as CodeMirror arranges by itself.
      indentWithTab,
    ]),
  ];
}

/** The language with the tables there are; made anew when they become known. */
export function sqlLanguage(tables: readonly SchemaTable[]): Extension {
  const schema = Object.fromEntries(
    tables.map((table) => [
      table.name,
      {
        self: { label: table.name, type: "type", info: table.meaning },
        children: table.columns.map((column) => ({
          label: column.name,
          type: "property",
          detail: column.type.toLowerCase(),
          info: column.meaning,
        })),
      },
    ]),
  );
  return [
    // DuckDB's grammar began as that of PostgreSQL, dollar quotes included.
    sql({ dialect: PostgreSQL, schema, upperCaseKeywords: true }),
    PostgreSQL.language.data.of({ autocomplete: completeNames }),
    PostgreSQL.language.data.of({
      autocomplete: ifNotIn(
        ["QuotedIdentifier", "String", "LineComment", "BlockComment", "."],
        completeFromList(functionCompletions),
      ),
    }),
  ];
}
