"use client";

import type { FigureDefinition, SavedQuery } from "@runweir/analytics-domain";
import { Dialog, useDocumentTitle, useHotkey } from "@runweir/web-ui";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { suggestFigure } from "../chart/suggest-figure.ts";
import { findParameters } from "../editor/find-parameters.ts";
import { type EditorHandle, SqlEditor } from "../editor/sql-editor.tsx";
import { readParameter } from "../run/read-parameter.ts";
import type { SnapshotChoice, SqlRequest } from "../run/sql-request.ts";
import { useRun } from "../run/use-run.ts";
import { HistoryList } from "../saved/history-list.tsx";
import { SaveDialog } from "../saved/save-dialog.tsx";
import { SavedList } from "../saved/saved-list.tsx";
import { toParameters, toTyped, typedOf } from "../saved/typed-parameters.ts";
import { useLinkedQuery } from "../saved/use-linked-query.ts";
import { useQueryActions } from "../saved/use-query-actions.ts";
import { SchemaTree } from "../schema/schema-tree.tsx";
import { SnapshotMenu } from "../schema/snapshot-menu.tsx";
import { useSchema } from "../schema/use-schema.ts";
import { ParameterFields } from "./parameter-fields.tsx";
import { PlanDialog } from "./plan-dialog.tsx";
import { ResultArea } from "./result-area.tsx";
import { RunStatus } from "./run-status.tsx";
import { freeName, type SqlTab } from "./sql-tabs.ts";
import { TabBar } from "./tab-bar.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useTabs } from "./use-tabs.ts";

const noTables: readonly never[] = [];
const firstRows = 100_000;

/** Questions to everything that was logged: written, run, looked at, kept and passed on. */
export function Workbench() {
  useDocumentTitle("SQL");
  const tabs = useTabs();
  const { run, start, cancel } = useRun();
  const schema = useSchema();
  const editor = useRef<EditorHandle>(null);
  const [snapshot, setSnapshot] = useState<SnapshotChoice>("newest");
  const [figure, setFigure] = useState<FigureDefinition>();
  const [dialog, setDialog] = useState<"save" | "history" | "plan" | "tables">();
  const [offset, setOffset] = useState(0);
  const tab = tabs.state?.tabs.find(({ id }) => id === tabs.state?.activeId);
  const names = useMemo(() => findParameters(tab?.sql ?? ""), [tab?.sql]);

  const openSaved = useCallback(
    (query: SavedQuery) =>
      tabs.open({
        name: query.name,
        sql: query.sql,
        params: toTyped(query.parameters),
        saved: { queryId: query.queryId, version: query.version, sql: query.sql },
      }),
    [tabs.open],
  );
  useLinkedQuery(tabs.state !== undefined, openSaved);
  const actions = useQueryActions({
    tab,
    parameters: tab ? toParameters(names, tab.params) : [],
    onSaved: (query) =>
      tab &&
      tabs.change(tab.id, {
        name: query.name,
        saved: { queryId: query.queryId, version: query.version, sql: query.sql },
      }),
    onUnsaved: () => setDialog("save"),
  });

  const requestOf = (current: SqlTab, sql: string): SqlRequest => ({
    sql,
    params: Object.fromEntries(
      findParameters(sql).map((name) => [name, readParameter(current.params[name] ?? "")]),
    ),
    snapshot,
  });
  const runNow = (wrap?: (sql: string) => string) => {
    if (!tab || tab.sql.trim() === "") return;
    const part = editor.current?.selection();
    const sql = part?.text.trim() ? part.text : tab.sql;
    setOffset(part?.text.trim() ? part.offset : 0);
    start(requestOf(tab, wrap ? wrap(sql) : sql));
  };
  useEffect(() => {
    if (run.state === "done") setFigure(suggestFigure(run.table));
  }, [run]);
  useHotkey("Escape", "Cancel the statement", () => run.state === "running" && cancel());
  useHotkey("mod+Enter", "Run the statement", () => runNow());
  useHotkey("e", "Into the statement", (event) => {
    event.preventDefault();
    editor.current?.focus();
  });

  const error = useMemo(
    () =>
      run.state === "failed" && run.failure.position
        ? { offset: run.failure.position.offset + offset, message: run.failure.message }
        : undefined,
    [run, offset],
  );
  const insert = (name: string) => {
    setDialog(undefined);
    editor.current?.insert(name);
  };
  if (!tabs.state || !tab) return null;
  return (
    <div className="flex h-full min-h-160 md:min-h-0">
      <h1 className="sr-only">SQL</h1>
      <aside
        aria-label="Tables and queries"
        className="hidden w-57 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface py-1 md:flex"
      >
        <SnapshotMenu value={snapshot} onChange={setSnapshot} />
        <SchemaTree onInsert={insert} />
        <SavedList onOpen={openSaved} />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <TabBar
          tabs={tabs.state.tabs}
          activeId={tab.id}
          onShow={tabs.show}
          onClose={({ id }) => tabs.close(id)}
          onAdd={tabs.add}
        />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape in the editor closes its own lists first */}
        <div
          className="h-[clamp(120px,24dvh,300px)] shrink-0 bg-surface"
          onKeyDown={(event) => event.key === "Escape" && run.state === "running" && cancel()}
        >
          <SqlEditor
            ref={editor}
            tabId={tab.id}
            value={tab.sql}
            tables={schema.data ?? noTables}
            error={error}
            onChange={(sql) => tabs.change(tab.id, { sql })}
            onRun={() => runNow()}
          />
        </div>
        <Toolbar
          run={run}
          canRun={tab.sql.trim() !== ""}
          isSaved={tab.saved !== undefined}
          figure={figure}
          status={<RunStatus run={run} />}
          parameters={
            <ParameterFields
              names={names}
              values={tab.params}
              onChange={(params) => tabs.change(tab.id, { params })}
              onRun={() => runNow()}
            />
          }
          onRun={() => runNow()}
          onCancel={cancel}
          onSave={() => void actions.save()}
          onSaveAs={() => setDialog("save")}
          onShare={() => void actions.share()}
          onDownload={(format) => void actions.download(requestOf(tab, tab.sql), format)}
          onPlan={() => setDialog("plan")}
          onHistory={() => setDialog("history")}
          onTables={() => setDialog("tables")}
          onChart={() => setFigure(figure || run.state !== "done" ? undefined : suggestFigure(run.table))}
        />
        <div className="flex min-h-0 flex-1 flex-col bg-bg">
          <ResultArea
            run={run}
            figure={figure}
            onFigure={setFigure}
            onRun={() => runNow()}
            onRunFirst={() => runNow((sql) => `FROM (\n${sql.replace(/;\s*$/, "")}\n) LIMIT ${firstRows}`)}
          />
        </div>
      </div>
      {dialog === "save" && (
        <SaveDialog
          name={tab.name}
          sql={tab.sql}
          parameters={toParameters(names, tab.params)}
          onSaved={(query) => {
            setDialog(undefined);
            actions.saved(query);
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === "history" && (
        <HistoryList
          onClose={() => setDialog(undefined)}
          onOpen={(entry) => {
            setDialog(undefined);
            const params = Array.isArray(entry.params) ? {} : entry.params;
            tabs.open({
              name: freeName(tabs.state?.tabs ?? []),
              sql: entry.sql,
              params: Object.fromEntries(
                Object.entries(params).map(([name, value]) => [name, typedOf(value)]),
              ),
            });
          }}
        />
      )}
      {dialog === "plan" && (
        <PlanDialog request={requestOf(tab, tab.sql)} onClose={() => setDialog(undefined)} />
      )}
      <Dialog
        open={dialog === "tables"}
        onOpenChange={(open) => setDialog(open ? "tables" : undefined)}
        title="Tables and queries"
      >
        <SnapshotMenu value={snapshot} onChange={setSnapshot} />
        <SchemaTree onInsert={insert} />
        <SavedList
          onOpen={(query) => {
            setDialog(undefined);
            openSaved(query);
          }}
        />
      </Dialog>
    </div>
  );
}
