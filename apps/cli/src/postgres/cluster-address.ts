import { join } from "node:path";
import { findFreePort } from "@runweir/ports";

/** Where the database listens: a socket that only its folder's readers see, or loopback where sockets do not fit. */
export type ClusterAddress =
  | { readonly socketFolder: string; readonly port: number }
  | { readonly socketFolder: undefined; readonly port: number };

/** Addresses of sockets end after 104 bytes on macOS, 108 on Linux, the closing zero included. */
const socketPathBytesMax = 103;

export async function chooseClusterAddress(home: string): Promise<ClusterAddress> {
  const socketFolder = join(home, "run");
  const socket = join(socketFolder, ".s.PGSQL.5432.lock");
  if (process.platform !== "win32" && Buffer.byteLength(socket) <= socketPathBytesMax)
    return { socketFolder, port: 5432 };
  return { socketFolder: undefined, port: await findFreePort() };
}

export function clusterUrl(address: ClusterAddress, password: string, database: string): string {
  const who = `postgres://runweir:${password}@`;
  return address.socketFolder === undefined
    ? `${who}127.0.0.1:${address.port}/${database}`
    : `${who}/${database}?host=${encodeURIComponent(address.socketFolder)}&port=${address.port}`;
}

export function listenFlags(address: ClusterAddress): readonly string[] {
  const settings =
    address.socketFolder === undefined
      ? ["listen_addresses=127.0.0.1", "unix_socket_directories="]
      : ["listen_addresses=", `unix_socket_directories=${address.socketFolder}`];
  return ["-p", String(address.port), ...settings.flatMap((setting) => ["-c", setting])];
}
