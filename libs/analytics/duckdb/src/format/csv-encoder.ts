import type { DuckDBValue } from "@duckdb/node-api";
import { createColumnReader, type EncodedColumn } from "./encoded-column.ts";
import { plainText } from "./plain-value.ts";
import type { ResultEncoder } from "./result-encoder.ts";

/** RFC 4180, with a header. A missing value is an empty cell, an empty text is `""`. */
export function createCsvEncoder(columns: readonly EncodedColumn[]): ResultEncoder {
  const readers = columns.map(createColumnReader);
  return {
    begin: () => Buffer.from(`${columns.map(({ name }) => cell(name)).join(",")}\r\n`),
    encode(chunk, rows) {
      const values = readers.map((read, place) => read(chunk.getColumnVector(place), rows));
      let text = "";
      for (let row = 0; row < rows; row += 1)
        text += `${values.map((read) => cell(read(row))).join(",")}\r\n`;
      return Buffer.from(text);
    },
    flush: () => new Uint8Array(),
    end: () => new Uint8Array(),
  };
}

function cell(value: DuckDBValue): string {
  if (value === null) return "";
  const isText = typeof value === "string";
  const text = isText ? disarm(value) : plainText(value);
  return (isText && text === "") || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Spreadsheets run texts that begin like a formula, whoever logged them (OWASP, "CSV injection"): an apostrophe in
 * front makes them texts again. Numbers written as texts (`-0.5`) stay as they are.
 */
function disarm(text: string): string {
  return /^[\s\0]*[=+\-@|%\t\r\n＝＋－＠]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
