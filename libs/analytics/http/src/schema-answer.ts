export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly meaning: string;
}

/** A table or a view that statements may read. */
export interface SchemaTable {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly SchemaColumn[];
}

export interface SqlSchema {
  readonly version: number;
  readonly tables: readonly SchemaTable[];
  readonly views: readonly SchemaTable[];
}

export function schemaAnswer({ version, tables, views }: SqlSchema) {
  const describe =
    (kind: "table" | "view") =>
    ({ name, meaning, columns }: SchemaTable) => ({
      name,
      kind,
      meaning,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        nullable: column.nullable,
        meaning: column.meaning,
      })),
    });
  return { version, tables: [...tables.map(describe("table")), ...views.map(describe("view"))] };
}
