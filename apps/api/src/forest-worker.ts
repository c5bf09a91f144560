/** Grows forests in a thread of its own, so that those who log wait for none. */
import { parentPort } from "node:worker_threads";
import { type ForestRequest, growForest } from "@runweir/tracking-domain";

parentPort?.on("message", ({ id, request }: { readonly id: number; readonly request: ForestRequest }) => {
  parentPort?.postMessage({ id, forest: growForest(request) });
});
