import { type ClientRequest, request } from "node:http";

/** What a page watches: a run with its experiment, or all runs of an experiment. */
export interface Watched {
  readonly experimentId: string;
  readonly runId?: string;
}

export interface OpenPages {
  /** Events of all pages so far. */
  events(): number;
  /** Told of each page's event that the metrics of a run have changed. */
  onMetrics: (page: number, runId: string) => void;
  close(): void;
}

const openedAtOnce = 50;

/** The live connections of so many pages, each as a browser holds it: a stream of server-sent events of its own. */
export async function openPages(url: string, count: number, watched: Watched): Promise<OpenPages> {
  const address = `${url}/trpc/tracking/changes?input=${encodeURIComponent(JSON.stringify(watched))}`;
  const connections: ClientRequest[] = [];
  let events = 0;
  const pages: OpenPages = {
    events: () => events,
    onMetrics: () => {},
    close() {
      for (const connection of connections) connection.destroy();
    },
  };
  const onLine = (page: number, line: string): void => {
    // With nothing in it, it is the beginning.
    if (!line.startsWith("data: [{")) return;
    events += 1;
    const changes = JSON.parse(line.slice("data: ".length)) as readonly { kind: string; runId?: string }[];
    for (const { kind, runId } of changes) if (kind === "metrics" && runId) pages.onMetrics(page, runId);
  };
  for (let first = 0; first < count; first += openedAtOnce) {
    const some = Array.from({ length: Math.min(openedAtOnce, count - first) }, (_, i) => first + i);
    await Promise.all(
      some.map((page) => openPage(address, page, onLine).then((one) => connections.push(one))),
    );
  }
  return pages;
}

/** Resolves with the first event: the server has subscribed by then. */
function openPage(
  address: string,
  page: number,
  onLine: (page: number, line: string) => void,
): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const connection = request(
      address,
      { agent: false, headers: { accept: "text/event-stream" } },
      (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`A page was answered ${answer.statusCode}.`));
        let rest = "";
        answer.setEncoding("utf8");
        answer.on("data", (text: string) => {
          const lines = (rest + text).split("\n");
          rest = lines.pop() ?? "";
          for (const line of lines) onLine(page, line);
          resolve(connection);
        });
        answer.on("error", reject);
      },
    );
    connection.on("error", reject);
    connection.end();
  });
}
