import type { Data } from "apache-arrow";
import type { FormatLimits } from "../format-limits.ts";
import { malformedBody, tooLarge } from "../refusals.ts";
import { readTexts } from "./text-column.ts";

interface Dictionary {
  readonly texts: string[];
  readonly bytes: number;
}

/** The dictionaries of one stream, which it keeps, replaces and adds to as it goes on. Their size is bounded. */
export class Dictionaries {
  readonly #limits: FormatLimits;
  readonly #byId = new Map<number, Dictionary>();
  #bytes = 0;

  constructor(limits: FormatLimits) {
    this.#limits = limits;
  }

  textsOf(id: number): readonly string[] | undefined {
    return this.#byId.get(id)?.texts;
  }

  /** Returns by how many bytes the dictionaries have grown; negative when they shrank. */
  set(id: number, data: Data, bytes: number, isDelta: boolean): number {
    const before = this.#byId.get(id);
    const added = readTexts(data);
    const kept = isDelta ? before : undefined;
    // Added in place: batches that hold the texts know them by number, and a copy for every few names would cost without bound.
    const texts = kept?.texts ?? [];
    for (const text of added) texts.push(text);
    const size = bytes + (kept?.bytes ?? 0);
    const growth = size - (before?.bytes ?? 0);
    if (texts.length > this.#limits.arrowDictionaryValues)
      throw malformedBody(
        `an Arrow dictionary may have at most ${this.#limits.arrowDictionaryValues} entries`,
      );
    if (this.#bytes + growth > this.#limits.arrowDictionaryBytes)
      throw tooLarge("The dictionaries of an Arrow stream", this.#limits.arrowDictionaryBytes);
    this.#byId.set(id, { texts, bytes: size });
    this.#bytes += growth;
    return growth;
  }
}
