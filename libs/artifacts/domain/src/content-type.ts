/** Shown as they are, whatever they are called: MLflow serves all of these as plain text. */
const textExtensions: ReadonlySet<string> = new Set(
  `txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst ipynb
   MLmodel mlproject jsonl ndjson out env lock requirements dockerfile makefile gitignore pyi mjs jsx ts tsx sh bash
   sql r rs go java c h cpp hpp cc cs rb php scala kt swift lua jl pl tex diff patch`.split(/\s+/),
);

const types: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apng: "image/apng",
    avif: "image/avif",
    bmp: "image/bmp",
    gif: "image/gif",
    ico: "image/vnd.microsoft.icon",
    jpeg: "image/jpeg",
    jpg: "image/jpeg",
    png: "image/png",
    svg: "image/svg+xml",
    tif: "image/tiff",
    tiff: "image/tiff",
    webp: "image/webp",
    aac: "audio/aac",
    flac: "audio/flac",
    m4a: "audio/mp4",
    mp3: "audio/mpeg",
    oga: "audio/ogg",
    ogg: "audio/ogg",
    opus: "audio/ogg",
    wav: "audio/wav",
    m4v: "video/mp4",
    mov: "video/quicktime",
    mp4: "video/mp4",
    ogv: "video/ogg",
    webm: "video/webm",
    css: "text/css",
    htm: "text/html",
    html: "text/html",
    xhtml: "application/xhtml+xml",
    pdf: "application/pdf",
    gz: "application/gzip",
    parquet: "application/vnd.apache.parquet",
    tar: "application/x-tar",
    wasm: "application/wasm",
    whl: "application/zip",
    zip: "application/zip",
  }),
);

/** By the name alone: content is never sniffed and nothing that a client said about it is believed. */
export function contentTypeOf(name: string): string {
  const dot = name.lastIndexOf(".");
  const extension = dot < 0 ? name : name.slice(dot + 1);
  if (textExtensions.has(extension) || textExtensions.has(extension.toLowerCase())) return "text/plain";
  return (dot < 0 ? undefined : types.get(extension.toLowerCase())) ?? "application/octet-stream";
}
