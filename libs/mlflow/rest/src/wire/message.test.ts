import { DomainError } from "@runweir/errors";
import { describe, expect, it } from "vitest";
import { readInteger, readText } from "./field-values.ts";
import { message, optional, repeated, required, requiredList, withDefault } from "./message.ts";
import { explainRefusal, RefusedValue } from "./refused-value.ts";

const search = message({
  runId: required(readText, "run_uuid"),
  maxResults: withDefault(readInteger, 100),
  orderBy: repeated(readText),
  pageToken: optional(readText),
});

/** What a client is told about this JSON body. */
function complaint(text: string, request: { read(value: unknown, at: string): unknown } = search): string {
  try {
    request.read(JSON.parse(text), "");
  } catch (error) {
    if (error instanceof RefusedValue) return explainRefusal(error, text).message;
    if (error instanceof DomainError) return error.message;
    throw error;
  }
  return "accepted";
}

describe("a message", () => {
  it("is read by its protocol names, with defaults for what is absent or null", () => {
    expect(search.read({ run_id: "r", max_results: "5", page_token: null, other: 1 }, "")).toEqual({
      runId: "r",
      maxResults: 5,
      orderBy: [],
      pageToken: undefined,
    });
  });

  it("is read by Protocol Buffers' JSON names too, but not by both at once", () => {
    expect(search.read({ runId: "r", maxResults: 5, orderBy: ["a"] }, "")).toMatchObject({
      runId: "r",
      maxResults: 5,
      orderBy: ["a"],
    });
    expect(complaint('{"run_id":"r","runId":"r"}')).toBe(
      "Request specifies both 'run_id' and 'runId'; provide only one of them.",
    );
  });

  it("knows a run by its old name when the new one is absent, null or empty", () => {
    for (const body of [
      { run_uuid: "r" },
      { run_uuid: "r", run_id: null },
      { run_uuid: "r", run_id: "" },
      { run_uuid: "other", run_id: "r" },
    ]) {
      expect(search.read(body, "").runId).toBe("r");
    }
  });

  it("misses a required field that is absent, null or empty, in MLflow's words", () => {
    for (const text of ["{}", '{"run_id":null}', '{"run_id":""}', '{"run_uuid":""}']) {
      expect(complaint(text)).toBe(
        "Missing value for required parameter 'run_id'. See the API docs for more information about request parameters.",
      );
    }
  });

  it("refuses a wrong type in MLflow's words, quoting what was written", () => {
    expect(complaint('{"run_id":31}')).toBe(
      "Invalid value 31 for parameter 'run_id' supplied:  Hint: Value was of type 'int'. Expected a string. See the API docs for more information about request parameters.",
    );
    expect(complaint('{"run_id":9.0}')).toMatch(/^Invalid value 9\.0 for .* type 'float'\./);
    expect(complaint('{"run_id":"r","order_by":"5"}')).toMatch(
      /^Invalid value "5" for parameter 'order_by' supplied: .* type 'str'\. Expected a list\./,
    );
    expect(complaint('{"run_id":{"a":[1.50,null,true]}}')).toMatch(
      /^Invalid value \{"a":\[1\.50,null,true\]\} for .* type 'dict'\./,
    );
    expect(complaint("[]")).toMatch(/^Invalid value \[\] for parameter 'request body'/);
  });

  it("does not repeat megabytes back", () => {
    expect(complaint(`{"run_id":["${"x".repeat(100_000)}"]}`).length).toBeLessThan(1_000);
  });

  it("points into nested messages", () => {
    const outer = message({ models: requiredList(message({ modelId: required(readText) }).read) });
    expect(complaint('{"models":[{"model_id":"m"},{"model_id":7.0}]}', outer)).toMatch(
      /^Invalid value 7\.0 for parameter 'models\[1\]\.model_id'/,
    );
    expect(complaint('{"models":[{}]}', outer)).toMatch(
      /^Missing value for required parameter 'models\[0\]\.model_id'\./,
    );
    expect(complaint("{}", outer)).toMatch(/^Missing value for required parameter 'models'\./);
  });

  it("from a query takes one value as a list of one, and the first of several as the value", () => {
    expect(search.fromQuery({ run_id: "r", order_by: "a", max_results: ["3", "4"] })).toMatchObject({
      runId: "r",
      orderBy: ["a"],
      maxResults: 3,
    });
    expect(search.fromQuery({ run_uuid: "r", order_by: ["a", "b"] }).orderBy).toEqual(["a", "b"]);
  });
});
