import { expect, test } from "vitest";
import { readCredentials } from "./credentials.ts";

test("as MLflow's clients send them", () => {
  expect(readCredentials({})).toEqual({});
  expect(readCredentials({ MLFLOW_TRACKING_TOKEN: "rwt_x", MLFLOW_WORKSPACE: "vision" })).toEqual({
    authorization: "Bearer rwt_x",
    "x-mlflow-workspace": "vision",
  });
  expect(readCredentials({ MLFLOW_TRACKING_USERNAME: "ann", MLFLOW_TRACKING_PASSWORD: "é" })).toEqual({
    authorization: `Basic ${Buffer.from("ann:é").toString("base64")}`,
  });
});
