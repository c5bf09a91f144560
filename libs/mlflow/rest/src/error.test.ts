import { DomainError, errorCodes } from "@runweir/errors";
import { describe, expect, it } from "vitest";
import { describeError, wireErrors } from "./error.ts";

/** What MLflow's Python client repeats for minutes before it gives up. */
const repeatedStatuses = [408, 429, 500, 502, 503, 504];

describe("errors on MLflow's wire", () => {
  it("have a code and a status for everything the domain can say", () => {
    expect(Object.keys(wireErrors).sort()).toEqual([...errorCodes].sort());
  });

  it("let clients repeat only what may pass by itself", () => {
    const repeated = errorCodes.filter((code) => repeatedStatuses.includes(wireErrors[code].status));
    expect(repeated).toEqual(["resource_exhausted", "unavailable", "internal"]);
  });

  it("use MLflow's statuses for what its clients ask about", () => {
    expect(describeError(new DomainError("not_found", "Run with id=x not found"), "r")).toEqual({
      errorCode: "RESOURCE_DOES_NOT_EXIST",
      status: 404,
      message: "Run with id=x not found",
      retryAfterSeconds: undefined,
    });
    expect(wireErrors.already_exists).toEqual({ errorCode: "RESOURCE_ALREADY_EXISTS", status: 400 });
  });

  it("name an invalid state without making clients repeat", () => {
    const error = new DomainError("failed_precondition", "Cannot rename a non-active experiment.", {
      reason: "invalid_state",
    });
    expect(describeError(error, "r")).toMatchObject({ errorCode: "INVALID_STATE", status: 400 });
    const other = new DomainError("failed_precondition", "The run must be in the 'active' state.");
    expect(describeError(other, "r")).toMatchObject({ errorCode: "INVALID_PARAMETER_VALUE", status: 400 });
  });

  it("ask for patience when a part is away", () => {
    const error = new DomainError("unavailable", "The database does not answer.");
    expect(describeError(error, "r")).toMatchObject({ status: 503, retryAfterSeconds: 1 });
  });

  it("tell nothing of what was not foreseen, but where to look", () => {
    const answer = describeError(new Error("password=secret"), "request-7");
    expect(answer).toMatchObject({ errorCode: "INTERNAL_ERROR", status: 500 });
    expect(answer.message).toContain("request-7");
    expect(answer.message).not.toContain("secret");
  });

  it("keep the framework's own refusals", () => {
    const error = Object.assign(new Error("Request body is too large"), { statusCode: 413 });
    expect(describeError(error, "r")).toEqual({
      errorCode: "BAD_REQUEST",
      status: 413,
      message: "Request body is too large",
    });
  });
});
