import { DomainError } from "@runweir/errors";
import type { LastSequence } from "@runweir/tracking-domain";

/** Reads `last_sequence=<client>:<number>`; the name may hold colons itself. */
export function readLastSequences(query: Readonly<Record<string, unknown>>): readonly LastSequence[] {
  for (const name in query)
    if (name !== "last_sequence")
      throw refused("query", `The only parameter is last_sequence. Found ${JSON.stringify(name)}.`);
  const given = query.last_sequence ?? [];
  return (Array.isArray(given) ? given : [given]).map((text: unknown) => {
    const [, client, sequence] = /^(.+):(\d{1,15})$/s.exec(String(text)) ?? [];
    if (client !== undefined && sequence !== undefined) return { client, sequence: Number(sequence) };
    throw refused(
      "last_sequence",
      `last_sequence must be a client's name, a colon and a number of at most 15 digits. Found ${JSON.stringify(text)}.`,
    );
  });
}

function refused(field: string, message: string): DomainError {
  return new DomainError("invalid_argument", message, { field });
}
