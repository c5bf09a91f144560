import { readFileSync } from "node:fs";

export interface Dockerfile {
  readonly images: readonly string[];
  /** Paths below the build's context. */
  readonly copied: readonly string[];
  readonly users: readonly string[];
  readonly command: readonly string[];
}

/** Reads the instructions of our Dockerfiles: one per line, or continued by a backslash; CMD in its list form. */
export function readDockerfile(file: string): Dockerfile {
  const lines = readFileSync(file, "utf8").replaceAll(/\\\n/g, " ").split("\n");
  const arguments_ = (instruction: string) =>
    lines
      .filter((line) => line.startsWith(`${instruction} `))
      .map((line) => line.slice(instruction.length + 1).trim());
  return {
    images: arguments_("FROM").map((from) => from.split(" ")[0]!),
    copied: arguments_("COPY")
      .filter((copy) => !copy.includes("--from="))
      .flatMap((copy) => copy.split(/\s+/).slice(0, -1))
      .filter((path) => !path.startsWith("--")),
    users: arguments_("USER"),
    command: JSON.parse(arguments_("CMD").at(-1) ?? "[]") as string[],
  };
}
