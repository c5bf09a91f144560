"use client";
import { useState } from "react";
import { LineChart, Sparkline, type ChartWindow } from "@runweir/web-charts";
import * as U from "@runweir/web-ui";

let s = 7;
const R = () => (s = (s * 16807) % 2147483647) / 2147483647;
function line(i: number, n = 380, goal = 0.94, start = 0.81, noise = 0.006) {
  const x: number[] = [], min: (number|null)[] = [], max: (number|null)[] = [], last: (number|null)[] = [];
  let v = start;
  const end = i < 1 ? 0.62 : i < 2 ? 0.8 : 1;
  for (let k = 0; k < n * end; k++) {
    v += (goal - i * 0.006 - v) * 0.02 + (R() - 0.5) * noise;
    x.push(k * 52); last.push(v); min.push(v - noise * (1 + R())); max.push(v + noise * (1 + R()));
  }
  if (i === 2) for (let k = 100; k < 120; k++) { min[k] = null; max[k] = null; last[k] = null; }
  return { id: `run-${i}`, label: ["calm-heron-10", "bold-weir-17", "wry-ibis-24", "keen-otter-31", "odd-trout-38"][i % 5]!, color: `var(--run-${i + 1})`, x, min, max, last, storedPoints: 16241, drawnPoints: x.length, nanPoints: i === 2 ? 20 : 0 };
}
const five = [0, 1, 2, 3, 4].map((i) => line(i));
const many = Array.from({ length: 50 }, (_, c) => [0, 1, 2, 3, 4].map((i) => line(i, 380, 0.2 + (c % 7) * 0.1, 0.9, 0.02)));
export default function Gallery() {
  const [w, setW] = useState<ChartWindow | undefined>();
  const [d, setD] = useState(false);
  const [c, setC] = useState(false);
  const [tab, setTab] = useState("overview");
  const [log, setLog] = useState(false);
  const [chk, setChk] = useState<boolean | "indeterminate">("indeterminate");
  const [sel, setSel] = useState("step");
  const [q, setQ] = useState("");
  const [n, setN] = useState(3);
  const toast = U.useToast();
  return (
    <div className="flex flex-col gap-4 pb-10">
      <U.PageHeader crumbs={[{ label: "Experiments", href: "/experiments" }, { label: "fraud-gbm-2026", href: "/experiments/1" }]} mark={<U.RunDot runId="abc" />} title="calm-heron-10" badges={<><U.Status kind="running">running · <U.Duration from={Date.now() - 41 * 60000} /></U.Status><U.Badge>1,284 runs</U.Badge></>}>
        <U.Button>Compare with</U.Button><U.Button variant="primary">Compare 5</U.Button><U.Button variant="danger">Delete</U.Button><U.Button busy>Saving</U.Button><U.Button variant="ghost">Ghost</U.Button>
        <U.Menu trigger={<U.IconButton label="More" icon={<span>⋯</span>} />}><U.MenuItem onSelect={() => toast({ title: "3 runs deleted", description: "They can be restored for 30 days.", undo: () => Promise.reject(new Error("The server does not answer")) })}>Delete runs</U.MenuItem><U.MenuSeparator /><U.MenuCheckboxItem checked onCheckedChange={() => {}}>Column</U.MenuCheckboxItem></U.Menu>
      </U.PageHeader>
      <U.Tabs value={tab} onValueChange={setTab}><U.TabList label="Run"><U.Tab value="overview">Overview</U.Tab><U.Tab value="charts" count={22}>Charts</U.Tab><U.Tab value="art" count="17">Artifacts</U.Tab></U.TabList></U.Tabs>
      <div className="flex flex-wrap items-center gap-2 px-4">
        {(["running", "waiting", "done", "failed", "stopped", "unknown"] as const).map((k) => <U.Status key={k} kind={k} />)}
        {(["running", "done", "failed"] as const).map((k) => <U.Status key={k} kind={k} quiet />)}
        <U.Badge tone="accent">accent</U.Badge><U.Badge tone="warn">+ 12 lines</U.Badge>
        <U.Checkbox label="c" checked={chk} onCheckedChange={setChk} /><U.Checkbox label="d" checked onCheckedChange={() => {}}>Show deleted</U.Checkbox>
        <U.Switch label="log y" checked={log} onCheckedChange={setLog} />
        <U.Select label="axis" prefix="x:" value={sel} onValueChange={setSel} options={[{ value: "step", label: "step" }, { value: "relative", label: "relative" }]} />
        <U.SegmentedControl label="scale" value={log ? "log" : "lin"} onValueChange={(v) => setLog(v === "log")} options={[{ value: "lin", label: "linear" }, { value: "log", label: "log" }]} />
        <U.SearchInput label="Search" placeholder="Search" value={q} onValueChange={setQ} className="w-48" />
        <U.Slider label="step" value={n} onValueChange={setN} min={0} max={10} />
        <U.Button onClick={() => setD(true)}>Dialog</U.Button><U.Button onClick={() => setC(true)}>Confirm</U.Button>
        <U.Kbd>⌘K</U.Kbd><U.NumberCell value={0.937234234} /><U.NumberCell value="NaN" /><U.NumberCell value={1.3e-7} best /><Sparkline values={five[0]!.last} />
      </div>
      <div className="grid grid-cols-1 gap-2.5 px-4 md:grid-cols-2 xl:grid-cols-3">
        <LineChart title="val/auc" lines={five} xAxis="step" window={w} onWindowChange={setW} group="g" yScale={log ? "log" : "linear"} smoothing={n / 11} live />
        <LineChart title="val/loss" lines={[five[1]!]} xAxis="step" window={w} onWindowChange={setW} group="g" />
        <LineChart title="loading" lines={undefined} xAxis="step" />
        <LineChart title="error" lines={undefined} xAxis="step" notice={<U.ErrorState compact problem={{ message: "The server is restarting.", requestId: "4f2a9c1e" }} onRetry={() => {}} />} />
        <LineChart title="relative" lines={five.map((l) => ({ ...l, x: l.x.map((v) => v * 100) }))} xAxis="relative" />
        <LineChart title="wall" lines={five.map((l) => ({ ...l, x: l.x.map((v) => 1795488000000 + v * 1000) }))} xAxis="wall" smoothing={0.8} />
      </div>
      <div className="grid gap-4 px-4 lg:grid-cols-2">
        <U.Card><U.CardHeader title="Metrics" count={22}><U.Button variant="ghost">Filter <U.Kbd>/</U.Kbd></U.Button></U.CardHeader>
          <U.TableScroll className="max-h-60"><U.Table><U.TableHead><tr><U.HeadCell>Metric</U.HeadCell><U.HeadCell numeric sort="descending" onSort={() => {}}>last</U.HeadCell><U.HeadCell numeric>best</U.HeadCell><U.HeadCell>when</U.HeadCell></tr></U.TableHead><U.TableBody>
            {["val/auc", "val/loss", "train/loss"].map((m, i) => <U.TableRow key={m} selected={i === 1}><U.Cell>{m}</U.Cell><U.Cell numeric><U.NumberCell value={0.9372} /></U.Cell><U.Cell numeric><U.NumberCell value={0.9391} best /></U.Cell><U.Cell><U.RelativeTime at={Date.now() - 3e5} className="text-ink-3" /></U.Cell></U.TableRow>)}
            <U.SkeletonRows rows={3} columns={4} /></U.TableBody></U.Table></U.TableScroll></U.Card>
        <U.Card><U.CardHeader title="Run" /><U.DetailList><U.Detail name="Started">today 18:22</U.Detail><U.Detail name="Source"><span className="num">train.py @ f3c21aa</span></U.Detail></U.DetailList></U.Card>
        <U.CodeSnippet label="train.py" code={'import mlflow\nmlflow.set_tracking_uri("http://127.0.0.1:5050")\nmlflow.log_metric("loss", 0.1)'} />
        <U.Markdown text={"# Heading\n\nSome **bold** text with `code`, a [link](https://example.org) and <script>alert(1)</script>.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nprint(1)\n```"} />
        <U.EmptyState title="No runs yet" actions={<U.Button variant="primary">Load the demo project</U.Button>}><p>Log one with three lines.</p></U.EmptyState>
        <U.ErrorState problem={{ title: "The server does not answer", message: "What you see may be out of date.", requestId: "4f2a9c1e" }} onRetry={() => {}} />
        <U.Field label="Name" error="Name: found 512 characters, at most 500 are allowed"  >{(ids) => <U.Input {...ids} defaultValue="abc" />}</U.Field>
        <U.Field label="Description" hint="Markdown">{(ids) => <U.Textarea {...ids} />}</U.Field>
        <U.Progress value={0.4} label="p" />
      </div>
      <div className="grid grid-cols-1 gap-2.5 px-4 md:grid-cols-3">{many.map((m, i) => <LineChart key={i} title={`metric/${i}`} lines={m} xAxis="step" group="m" />)}</div>
      <U.Dialog open={d} onOpenChange={setD} title="Rename experiment" description="Runs keep their place." footer={<><U.Button onClick={() => setD(false)}>Cancel</U.Button><U.Button variant="primary">Rename</U.Button></>}><U.Field label="Name">{(ids) => <U.Input {...ids} />}</U.Field></U.Dialog>
      <U.ConfirmDialog open={c} onOpenChange={setC} title="Delete 3 runs?" description="They can be restored." confirmLabel="Delete 3 runs" danger onConfirm={() => Promise.reject(new Error("The run is deleted already"))} />
    </div>
  );
}
