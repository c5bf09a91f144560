"use client";

import { useQuery } from "@tanstack/react-query";
import { readFailure } from "../run/sql-failure.ts";

export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly meaning: string;
}

export interface SchemaTable {
  readonly name: string;
  readonly kind: "table" | "view";
  readonly meaning: string;
  readonly columns: readonly SchemaColumn[];
}

/** The tables and views that statements may read, as the server describes them. */
export function useSchema() {
  return useQuery({
    queryKey: ["sql", "schema"],
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<readonly SchemaTable[]> => {
      const answer = await fetch("/api/sql/schema", { signal });
      if (!answer.ok) throw await readFailure(answer);
      return ((await answer.json()) as { tables: readonly SchemaTable[] }).tables;
    },
  });
}
