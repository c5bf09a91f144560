import type { ImportedVersion } from "@runweir/registry-domain";
import { expect, test } from "vitest";
import { compareRegisteredModel, compareVersion } from "./compare-registered.ts";

const times = { creationTime: 1, lastUpdateTime: 2 };

test("names what a registered model has otherwise, or lacks", () => {
  const model = {
    name: "m",
    description: "d",
    creatorId: "c",
    ...times,
    tags: [{ key: "t", value: "x" }],
    lastVersion: 3,
  };
  const here = { ...model, aliases: [], latestVersions: [] };
  expect(compareRegisteredModel(model, { ...here, lastUpdateTime: 9 })).toEqual([]);
  expect(
    compareRegisteredModel(model, {
      ...here,
      description: undefined,
      creatorId: "e",
      creationTime: 2,
      tags: [],
    }),
  ).toEqual(["description", "creator", "creation time", "tag t"]);
});

test("names each field of a version", () => {
  const version: ImportedVersion = {
    version: 1,
    stage: "Production",
    description: "d",
    creatorId: "c",
    ...times,
    source: "s",
    storageLocation: "p",
    runId: "r",
    runLink: "l",
    modelId: "m-1",
    status: "READY",
    statusMessage: "m",
    tags: [{ key: "t", value: "x" }],
  };
  const { storageLocation, ...same } = { ...version, name: "m", aliases: [] };
  expect(compareVersion(version, { version: same, storageLocation })).toEqual([]);
  const bare = {
    name: "m",
    version: 1,
    stage: "None",
    ...times,
    source: "",
    status: "FAILED_REGISTRATION",
    tags: [],
    aliases: [],
  } as const;
  expect(compareVersion(version, { version: bare, storageLocation: "q" })).toEqual([
    "stage",
    "description",
    "creator",
    "source",
    "storage location",
    "run",
    "run link",
    "logged model",
    "status",
    "status message",
    "tag t",
  ]);
});
