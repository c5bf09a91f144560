import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Connections of a process over IPv4, by the port at their other end. Those that only it has not closed yet count, too. */
export function openSockets(pid: number): ReadonlyMap<number, number> {
  const own = new Set(socketInodes(pid));
  const byPort = new Map<number, number>();
  for (const line of readFileSync(`/proc/${pid}/net/tcp`, "utf8").trim().split("\n").slice(1)) {
    const [, , remote = "", , , , , , , inode = ""] = line.trim().split(/\s+/);
    const port = Number.parseInt(remote.slice(remote.indexOf(":") + 1), 16);
    if (own.has(inode)) byPort.set(port, (byPort.get(port) ?? 0) + 1);
  }
  return byPort;
}

function* socketInodes(pid: number): Generator<string> {
  for (const entry of readdirSync(`/proc/${pid}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(targetOf(`/proc/${pid}/fd/${entry}`))?.[1];
    if (inode) yield inode;
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // Closed since it was listed.
    return "";
  }
}
