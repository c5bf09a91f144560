"use client";

import { useAddress } from "@runweir/web-zones/address";
import { useMemo } from "react";
import { isFilter } from "./search-filter.ts";
import type { ModelSelection } from "./use-models.ts";

/** What the address says of which models. */
export function useModelSelection(): ModelSelection {
  const address = useAddress();
  const text = (address.get("q") ?? "").trim();
  const owner = address.get("owner");
  const alias = address.get("alias");
  const stage = address.get("stage");
  return useMemo(
    () => ({
      ...(text === "" ? {} : isFilter(text) ? { filter: text } : { text }),
      ...(owner === undefined ? {} : { owner }),
      ...(alias === undefined ? {} : { alias }),
      ...(stage === undefined ? {} : { stage }),
    }),
    [text, owner, alias, stage],
  );
}
