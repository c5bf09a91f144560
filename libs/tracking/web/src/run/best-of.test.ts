import { expect, it } from "vitest";
import { bestOf } from "./best-of.ts";

const series = (key: string) => ({ key, min: 1, max: 9, stepOfMin: 10, stepOfMax: 90 });

it("takes the least of losses and errors, the most of scores", () => {
  for (const key of ["loss", "val/loss", "train_loss_epoch", "RMSE", "validation_0-mlogloss.err"])
    expect(bestOf(series(key)), key).toEqual({ value: 1, step: 10 });
  for (const key of ["val/auc", "accuracy_score", "test_f1", "eval/BLEU"])
    expect(bestOf(series(key)), key).toEqual({ value: 9, step: 90 });
});

it("does not guess where the name says nothing", () => {
  for (const key of ["lr", "grad_norm", "epoch", "glossary", "mapping"])
    expect(bestOf(series(key)), key).toBeUndefined();
});
