import { useState } from "react";
import { type ApiProblem, describeError } from "./describe-error.ts";

/** One act of a form or dialog at a time: `busy` while it goes on, `problem` when it was refused, until the next attempt. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  /** True when `act` did what it was to do. */
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(describeError(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, attempt };
}
