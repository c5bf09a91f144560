export type Direction = "up" | "down";

/** By the words that metrics are usually named with; names are cut at everything that is no letter or digit. */
const directionWords: Readonly<Record<Direction, readonly string[]>> = {
  up: [
    "auc",
    "auroc",
    "auprc",
    "accuracy",
    "acc",
    "f1",
    "precision",
    "recall",
    "r2",
    "score",
    "map",
    "ndcg",
    "mrr",
    "bleu",
    "rouge",
    "iou",
    "dice",
    "specificity",
    "sensitivity",
    "kappa",
    "mcc",
    "gini",
    "ks",
    "throughput",
    "lift",
  ],
  down: [
    "loss",
    "error",
    "err",
    "mse",
    "rmse",
    "mae",
    "mape",
    "smape",
    "rmsle",
    "perplexity",
    "brier",
    "logloss",
    "wer",
    "cer",
    "fid",
    "ece",
    "latency",
    "seconds",
    "duration",
    "ms",
    "p50",
    "p95",
    "p99",
    "fpr",
    "fnr",
  ],
};

/** Whether more is better; undefined where nobody can tell. What the policy says wins over what the name suggests. */
export function directionOf(
  name: string,
  told: Readonly<Record<string, Direction>> = {},
): Direction | undefined {
  if (Object.hasOwn(told, name)) return told[name];
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  // `recall@1%fpr` is a recall: what is measured comes first.
  for (const word of words) {
    if (directionWords.down.includes(word)) return "down";
    if (directionWords.up.includes(word)) return "up";
  }
  return undefined;
}
