import type { OpenArtifact } from "@runweir/artifacts-domain";

export type ArtifactText =
  | { readonly kind: "text"; readonly text: string; readonly bytes: number; readonly truncated: boolean }
  | { readonly kind: "binary"; readonly bytes: number };

/**
 * The beginning of a file as text, or that it is none. Text is UTF-8 without NUL; a character that the limit cuts in two
 * is left out. Closes the file.
 */
export async function readText(file: OpenArtifact, bytesMax: number): Promise<ArtifactText> {
  const { bytes } = file;
  const wanted = Math.min(bytes, bytesMax);
  if (wanted === 0) {
    await file.close();
    return { kind: "text", text: "", bytes, truncated: false };
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of await file.read({ start: 0, end: wanted - 1 })) chunks.push(chunk as Uint8Array);
  const head = Buffer.concat(chunks);
  if (head.includes(0)) return { kind: "binary", bytes };
  const truncated = bytes > wanted;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: truncated });
    return { kind: "text", text, bytes, truncated };
  } catch {
    return { kind: "binary", bytes };
  }
}
