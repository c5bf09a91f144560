import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { DomainError } from "@runweir/errors";

/** One word behind `runweir`. */
export interface Command {
  readonly name: string;
  /** For the list of all commands. */
  readonly summary: string;
  /** How it is called, option by option. */
  readonly usage: string;
  /** Resolves with the exit code; undefined when it goes on after that. Rejects with what a person must know. */
  run(words: readonly string[]): Promise<number | undefined>;
}

/** Words and options; a wrong one is `invalid_argument`. */
export function readWords<const Options extends ParseArgsOptionsConfig>(
  words: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new DomainError("invalid_argument", (error as Error).message, { cause: error });
  }
}
