import type { WireNumber, WireStatistics } from "@runweir/tracking-trpc";

const lessIsBetter =
  /(^|[^a-z])(loss|losses|error|err|rmse|mse|mae|mape|perplexity|ppl|nll|logloss|wer|cer|fid)([^a-z]|$)/;
const moreIsBetter =
  /(^|[^a-z])(acc|accuracy|auc|auroc|auprc|f1|precision|recall|score|r2|map|ap|iou|dice|bleu|rouge|ndcg|mrr|reward)([^a-z]|$)/;

/** The best value of a series and where it was, by what the metric's name says; undefined where it says nothing. */
export function bestOf(
  series: Pick<WireStatistics, "key" | "min" | "max" | "stepOfMin" | "stepOfMax">,
): { readonly value: WireNumber | null; readonly step: number | null } | undefined {
  const name = series.key.toLowerCase();
  if (lessIsBetter.test(name)) return { value: series.min, step: series.stepOfMin };
  if (moreIsBetter.test(name)) return { value: series.max, step: series.stepOfMax };
  return undefined;
}
