import type { Registry } from "@runweir/registry-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { readText } from "../wire/field-values.ts";
import { message, required } from "../wire/message.ts";
import { modelVersionAnswer } from "./model-version-answer.ts";
import { versionNumber } from "./version-number.ts";

const path = "registered-models/alias";
const named = { name: required(readText), alias: required(readText) };

/** One path, three verbs: set, remove, and find the version. */
export function aliasEndpoints(registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path,
      permission: "alias.move",
      request: message({ ...named, version: versionNumber }),
      answer: ({ name, alias, version }, { caller }) => registry.setAlias(caller, name, alias, version),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path,
      permission: "alias.move",
      request: message(named),
      answer: ({ name, alias }, { caller }) => registry.deleteAlias(caller, name, alias),
    }),
    defineEndpoint({
      methods: ["GET"],
      path,
      permission: "model.read",
      request: message(named),
      answer: async ({ name, alias }, { caller }) => ({
        model_version: modelVersionAnswer(await registry.getVersionByAlias(caller, name, alias)),
      }),
    }),
  ];
}
