import { positionOfByte, StatementError } from "@runweir/analytics-domain/statement-error";
import { allowedFunctions, allowedTableFunctions, volatileFunctions } from "./allowed-functions.ts";
import { allowedNodes } from "./allowed-nodes.ts";

/** A node of the statement as DuckDB writes it. Nothing is known about it until it has been looked at. */
type Node = Readonly<Record<string, unknown>>;

export interface CheckedStatement {
  /** The time or chance decide the answer. */
  readonly volatile: boolean;
  /** Tables and views that it reads, in lower case. */
  readonly reads: ReadonlySet<string>;
  /** It makes rows of its own, however many. */
  readonly generates: boolean;
}

/** DuckDB's own limit is 1,000 expressions; each is at most three levels of its JSON. */
const depthMax = 3_500;

/**
 * Whether the parsed statement reads nothing but these tables and calls nothing but allowed functions. Works on what
 * DuckDB's parser understood, never on the text; every kind of node must be known.
 */
export function checkStatement(sql: string, tree: unknown, tables: ReadonlySet<string>): CheckedStatement {
  let isVolatile = false;
  let generates = false;
  const reads = new Set<string>();

  const refuse = (node: Node, reason: string, message: string): never => {
    throw new StatementError("permission_denied", message, {
      reason,
      position: positionOfByte(sql, Number(node.query_location ?? -1)),
    });
  };

  const walk = (value: unknown, scope: ReadonlySet<string>, depth: number): void => {
    if (typeof value !== "object" || value === null) return;
    if (depth > depthMax) throw tooDeep();
    if (Array.isArray(value)) {
      for (const item of value) walk(item, scope, depth + 1);
      return;
    }
    const node = value as Node;
    if (typeof node.type === "string") checkKind(node, scope);
    // A sample leaves rows to chance.
    if (typeof node.sample === "object" && node.sample !== null) isVolatile = true;
    if (node.type === "TABLE_FUNCTION") {
      walkTableFunction(node, scope, depth);
      return;
    }
    const inner = node.cte_map === undefined ? scope : walkNamedQueries(node, scope, depth);
    const recursive = node.type === "RECURSIVE_CTE_NODE" ? withName(inner, node.cte_name) : inner;
    for (const [key, child] of Object.entries(node))
      if (key !== "cte_map") walk(child, key === "right" ? recursive : inner, depth + 1);
  };

  /** `WITH a AS (...), b AS (...)`: b sees a, never the other way round, and nobody outside sees either. */
  const walkNamedQueries = (node: Node, scope: ReadonlySet<string>, depth: number): ReadonlySet<string> => {
    const entries = (node.cte_map as Node).map as readonly Node[];
    return entries.reduce((seen, entry) => {
      walk(entry.value, seen, depth + 2);
      return withName(seen, entry.key);
    }, scope);
  };

  const walkTableFunction = (node: Node, scope: ReadonlySet<string>, depth: number): void => {
    const call = node.function as Node;
    const name = lower(call.function_name);
    if (call.class !== "FUNCTION" || !isBuiltIn(call) || !allowedTableFunctions.has(name))
      refuse(
        call,
        "function_not_allowed",
        `The table function ${name}() is not allowed; allowed: ${[...allowedTableFunctions].join(", ")}.`,
      );
    generates ||= name !== "unnest";
    for (const part of ["children", "filter", "order_bys"]) walk(call[part], scope, depth + 2);
  };

  const checkKind = (node: Node, scope: ReadonlySet<string>): void => {
    const kind = node.type as string;
    if (!allowedNodes.has(kind))
      refuse(node, "not_allowed", `This part of the statement is not allowed (${kind}).`);
    if (kind === "BASE_TABLE") checkTable(node, scope);
    else if (kind === "SHOW_REF") checkShow(node);
    else if (kind === "UNBOUND_TYPE_INFO" && (node.schema || node.catalog))
      refuse(node, "not_allowed", "Types have no schema here.");
    else if (node.class === "FUNCTION" || node.class === "WINDOW") checkFunction(node);
    else if (kind === "COLUMN_REF" && (node.column_names as string[]).length === 1)
      // `current_timestamp` without parentheses is read as a column until it is bound.
      isVolatile ||= volatileFunctions.has(lower((node.column_names as string[])[0]));
  };

  const checkTable = (node: Node, scope: ReadonlySet<string>): void => {
    const name = lower(node.table_name);
    const { schema_name: schema, catalog_name: catalog } = node;
    if (node.at_clause)
      refuse(node, "not_allowed", "AT is not allowed; name the snapshot beside the statement.");
    if (catalog === "" && schema === "" && scope.has(name)) return;
    if (catalog === "" && (schema === "" || lower(schema) === "main") && tables.has(name)) {
      reads.add(name);
      return;
    }
    const path = [catalog, schema, node.table_name].filter((part) => part !== "").join(".");
    refuse(node, "table_not_found", `There is no table "${path}"; tables: ${[...tables].sort().join(", ")}.`);
  };

  /** `DESCRIBE x` and `SUMMARIZE x` hold a query, which is walked like any other. SHOW looks into the catalog. */
  const checkShow = (node: Node): void => {
    const query = node.query;
    if (node.show_type !== "DESCRIBE" && node.show_type !== "SUMMARY" && node.show_type !== "SUMMARIZE")
      refuse(node, "not_allowed", "SHOW is not allowed; DESCRIBE <table> and SUMMARIZE <table> are.");
    if (typeof query !== "object" || query === null)
      refuse(
        node,
        "table_not_found",
        `DESCRIBE and SUMMARIZE need a table; tables: ${[...tables].sort().join(", ")}.`,
      );
  };

  const checkFunction = (node: Node): void => {
    const name = lower(node.function_name);
    if (!isBuiltIn(node) || !allowedFunctions.has(name))
      refuse(node, "function_not_allowed", `The function ${name}() does not exist or is not allowed.`);
    isVolatile ||= volatileFunctions.has(name);
  };

  walk(tree, new Set(), 0);
  return { volatile: isVolatile, reads, generates };
}

export function tooDeep(): StatementError {
  return new StatementError("invalid_argument", "The statement is nested too deeply.", {
    reason: "too_deep",
  });
}

function isBuiltIn(call: Node): boolean {
  return (
    (call.catalog === "" || call.catalog === undefined) && (call.schema === "" || call.schema === "main")
  );
}

function withName(scope: ReadonlySet<string>, name: unknown): ReadonlySet<string> {
  return new Set([...scope, lower(name)]);
}

/** As DuckDB compares names: ASCII only. JavaScript would also take the Kelvin sign for a k. */
function lower(name: unknown): string {
  return String(name).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
