/**
 * Our page for an address of MLflow's own pages, which live behind `#`: clients print such links when a run ends
 * (`/#/experiments/1/runs/…`), and scripts, notebooks and chats are full of them. Undefined for what has no page here.
 */
export function pageOfMlflowAddress(hash: string): string | undefined {
  const path = hash.replace(/^#\/?/, "").split("?", 1)[0] ?? "";
  const [first, id, second, secondId] = path.split("/").filter(Boolean);
  if (first === "models" && !id) return "/models";
  if (first === "models" && id)
    return second === "versions" && secondId ? `/models/${id}/${secondId}` : `/models/${id}`;
  if (first === "experiments" && !id) return "/experiments";
  if (first !== "experiments" || !id) return undefined;
  if (second === "runs" && secondId) return `/runs/${secondId}`;
  if (second === "models" && secondId) return `/logged-models/${secondId}`;
  return `/experiments/${id}`;
}
