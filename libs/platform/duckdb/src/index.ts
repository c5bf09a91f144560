export { type Column, type DuckDb, openDuckDb } from "./open-duckdb.ts";
