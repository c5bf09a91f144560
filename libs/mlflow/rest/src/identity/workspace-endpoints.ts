import { DomainError } from "@runweir/errors";
import type { Directory, Workspace } from "@runweir/identity-domain";
import { defaultWorkspace } from "@runweir/identity-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { readText } from "../wire/field-values.ts";
import { message, optional, required } from "../wire/message.ts";
import { readAll } from "./read-all.ts";

const described = { description: optional(readText), defaultArtifactRoot: optional(readText) };

/** Workspaces as clients of MLflow 3 manage them; what they choose by header or `mlflow.set_workspace`. */
export function workspaceEndpoints({ workspaces }: Pick<Directory, "workspaces">): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["GET"],
      path: "workspaces",
      permission: "account",
      request: message({}),
      answer: async (_, { caller }) => ({
        workspaces: (await readAll((page) => workspaces.list(caller, page))).map(workspaceAnswer),
      }),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "workspaces",
      permission: "server.manage",
      status: 201,
      request: message({ name: required(readText), ...described }),
      async answer({ name, description, defaultArtifactRoot }, { caller }) {
        refuseRoot(defaultArtifactRoot);
        if (name === defaultWorkspace)
          throw invalid(`The '${defaultWorkspace}' workspace is reserved and cannot be created`, "name");
        return { workspace: workspaceAnswer(await workspaces.create(caller, { name, description })) };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "workspaces/:name",
      permission: "account",
      request: message({}),
      answer: async (_, { caller, params: { name = "" } }) => ({
        workspace: workspaceAnswer(await workspaces.get(caller, name)),
      }),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "workspaces/:name",
      permission: "account",
      request: message(described),
      async answer({ description, defaultArtifactRoot }, { caller, params: { name = "" } }) {
        refuseRoot(defaultArtifactRoot);
        if (description === undefined)
          throw invalid("Workspace update must have at least one key", "description");
        return { workspace: workspaceAnswer(await workspaces.update(caller, name, { description })) };
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "workspaces/:name",
      permission: "server.manage",
      status: 204,
      request: message({}),
      async answer(_, { caller, params: { name = "" }, query: { mode = "RESTRICT" } }) {
        if (name === defaultWorkspace)
          throw invalid(`The '${defaultWorkspace}' workspace is reserved and cannot be deleted`, "name");
        if (mode !== "RESTRICT")
          throw invalid(
            `mode is ${mode}; allowed is RESTRICT. What is in a workspace is kept, and can be restored with it.`,
            "mode",
          );
        await workspaces.delete(caller, name);
      },
    }),
  ];
}

/** Without what is of none of our workspaces. */
function workspaceAnswer({ name, description }: Workspace) {
  return { name, ...(description === "" ? {} : { description }) };
}

function refuseRoot(root: string | undefined): void {
  if (root)
    throw invalid(
      `default_artifact_root is ${JSON.stringify(root)}; leave it out: artifacts of all workspaces lie where the server keeps them, and an experiment may have a location of its own.`,
      "default_artifact_root",
    );
}

function invalid(text: string, field: string): DomainError {
  return new DomainError("invalid_argument", text, { field });
}
