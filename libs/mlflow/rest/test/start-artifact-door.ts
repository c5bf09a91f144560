import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createArtifacts } from "@runweir/artifacts-domain";
import { createLocalArtifactStore } from "@runweir/artifacts-local";
import { DomainError } from "@runweir/errors";
import { startTestServer } from "@runweir/http/testing";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { artifactEndpoints } from "../src/artifacts/artifact-endpoints.ts";
import { answerError } from "../src/error.ts";

/**
 * The artifact endpoints on a server of their own. Files lie in `<home>/tree`; run `folder` has its files in the allowed folder
 * `<home>/outside`, run `cloud` at a place that nobody trusts.
 * The versions of model `m` are made of the files of run `proxied`, of a folder of them, and of places that nobody trusts.
 */
export async function startArtifactDoor(givenHome?: string) {
  const home = givenHome ?? (await mkdtemp(join(tmpdir(), "runweir-endpoints-")));
  const tracking = trackedPlaces({
    proxied: "mlflow-artifacts:/0/proxied/artifacts",
    "m-1": "mlflow-artifacts:/0/models/m-1/artifacts",
    cloud: "gs://bucket/0/cloud",
    folder: `file://${home}/outside/folder`,
  });
  const versions: Readonly<Record<string, string>> = {
    "m/1": "mlflow-artifacts:/0/proxied/artifacts",
    "m/2": "runs:/proxied/some",
    "m/3": "gs://bucket/0/cloud",
    "m/4": "runs:/proxied/some/../../..",
  };
  const registry = {
    async getDownloadUri(_caller: unknown, name: string, version: string): Promise<string> {
      const uri = versions[`${name}/${version}`];
      if (uri === undefined)
        throw new DomainError("not_found", `Model Version (name=${name}, version=${version}) not found`);
      return uri;
    },
  };
  const artifacts = createArtifacts({
    tracking,
    stores: {
      proxied: createLocalArtifactStore({ folder: join(home, "tree") }),
      folder: (folder) => createLocalArtifactStore({ folder }),
    },
    rules: { folders: [join(home, "outside")] },
  });
  const server = await startTestServer({
    routes: (door) =>
      door.register(async (scope) => {
        scope.setErrorHandler<Error>(answerError);
        await scope.register(artifactEndpoints({ tracking, artifacts, registry }));
      }),
  });
  return {
    home,
    port: server.port,
    at: (path: string) => `${server.url}${path}`,
    filesAt: (path: string, root = "api") => `${server.url}/${root}/2.0/mlflow-artifacts/artifacts/${path}`,
    async close() {
      await server[Symbol.asyncDispose]();
      if (givenHome === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}
