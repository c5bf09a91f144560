export type ViewerKind =
  | "image"
  | "markdown"
  | "json"
  | "csv"
  | "parquet"
  | "html"
  | "pdf"
  | "audio"
  | "video"
  | "model"
  | "text"
  | "none";

const extensions: Readonly<Record<Exclude<ViewerKind, "model" | "none">, string>> = {
  image: "png jpg jpeg gif webp avif bmp svg apng ico",
  markdown: "md markdown",
  json: "json",
  csv: "csv tsv",
  parquet: "parquet",
  html: "html htm",
  pdf: "pdf",
  audio: "wav mp3 ogg oga opus flac m4a aac",
  video: "mp4 webm m4v mov ogv",
  text: `txt log err out cfg conf ini toml yaml yml xml properties env lock jsonl ndjson py pyi ipynb js mjs ts tsx jsx css
    sh bash sql r rs go java c h cpp hpp cc cs rb php scala kt swift lua jl pl rst tex diff patch dockerfile makefile
    mlproject gitignore requirements`,
};

const kinds = new Map<string, ViewerKind>(
  Object.entries(extensions).flatMap(([kind, names]) =>
    names.split(/\s+/).map((name) => [name, kind as ViewerKind] as const),
  ),
);

/** How a file is shown, by its name alone, as the server sends it by its name alone. */
export function viewerKind(name: string): ViewerKind {
  if (name === "MLmodel") return "model";
  const dot = name.lastIndexOf(".");
  return kinds.get(name.slice(dot + 1).toLowerCase()) ?? "none";
}
