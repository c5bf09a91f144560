"use client";

import { useQuery } from "@tanstack/react-query";

/** A page shows at most this much of a text unless somebody asks for all of it. */
export const textHead = 512 * 1_024;

export interface LoadedText {
  readonly text: string;
  /** Of the whole file. */
  readonly bytes: number;
  /** The end is missing. */
  readonly cut: boolean;
}

/** The beginning of a file as text (UTF-8; what is not becomes "\uFFFD"), at most `bytesMax` bytes of it. */
export function useText(
  url: string,
  { bytesMax = textHead, enabled = true }: { readonly bytesMax?: number; readonly enabled?: boolean } = {},
) {
  return useQuery({
    queryKey: ["artifact text", url, bytesMax],
    queryFn: async ({ signal }): Promise<LoadedText> => {
      const response = await fetch(url, { signal, headers: { range: `bytes=0-${bytesMax - 1}` } });
      // An empty file has no range that could be satisfied.
      if (response.status === 416) return { text: "", bytes: 0, cut: false };
      if (!response.ok) throw new FileProblem(await explain(response));
      const text = await response.text();
      const total = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1]);
      const read = Number(response.headers.get("content-length") ?? text.length);
      const bytes = Number.isFinite(total) ? total : read;
      return { text: trimHalfCharacter(text), bytes, cut: bytes > bytesMax };
    },
    staleTime: 30_000,
    enabled,
  });
}

/** The server's words for why a file cannot be had. */
export class FileProblem extends Error {}

async function explain(response: Response): Promise<string> {
  if (response.status === 404) return "The file is not there any more, or its name has changed.";
  const body: unknown = await response.json().catch(() => undefined);
  const message: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "message") : undefined;
  return typeof message === "string" ? message : `The server answered with status ${response.status}.`;
}

/** A cut in the middle of a character leaves half of it. */
function trimHalfCharacter(text: string): string {
  return text.endsWith("\uFFFD") ? text.slice(0, -1) : text;
}
