import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";

export const root = resolve(import.meta.dirname, "../../..");
export const dockerFolder = resolve(root, "docker");

/** The parts of a service that our rules look at; the schema has looked at its shape before. */
export interface Service {
  readonly image?: string;
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly args?: Readonly<Record<string, string>>;
  };
  readonly network_mode?: string;
  readonly ports?: readonly unknown[];
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly depends_on?:
    | readonly string[]
    | Readonly<Record<string, { readonly condition?: string } | undefined>>;
  readonly command?: string | readonly string[];
  /** null: passed on from where Compose runs, if it is set there. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
  readonly deploy?: {
    readonly resources?: {
      readonly limits?: { readonly cpus?: string | number; readonly memory?: string };
    };
  };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const composeText = readFileSync(resolve(dockerFolder, "compose.yaml"), "utf8");

/** The file as written, with YAML's merges done and variables left alone. */
export function readComposeFile(text: string = composeText): ComposeFile {
  return parse(text, { merge: true }) as ComposeFile;
}
