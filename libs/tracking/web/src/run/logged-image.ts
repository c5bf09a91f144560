import type { FolderEntry } from "../artifacts/use-folder.ts";

/** One picture that `mlflow.log_image` wrote with a key and a step. */
export interface LoggedImage {
  readonly key: string;
  readonly step: number;
  readonly timestamp: number;
  readonly path: string;
}

export interface ImageSeries {
  readonly key: string;
  /** By step, then time. */
  readonly images: readonly LoggedImage[];
}

// <key>%step%<step>%timestamp%<ms>%<uuid>.png, beside it the same with .webp, small; some clients wrote + for %.
const form = /^(.+?)([%+])step\2(-?\d+)\2timestamp\2(\d+)\2([^.%+]+?)(\2compressed)?\.(\w+)$/;

/** Pictures of a run's `images` folder as series by key. Of a picture and its small copy the picture itself. */
export function readImages(entries: readonly FolderEntry[]): readonly ImageSeries[] {
  const found = new Map<string, LoggedImage>();
  for (const { name, path, folder } of entries) {
    const match = folder ? null : form.exec(name);
    if (match === null) continue;
    const [, key = "", , step = "", timestamp = "", id = "", , extension] = match;
    if (extension === "webp" && found.has(id)) continue;
    // A slash in a key is no slash in a file's name.
    found.set(id, { key: key.replaceAll("#", "/"), step: Number(step), timestamp: Number(timestamp), path });
  }
  const series = Map.groupBy(found.values(), ({ key }) => key);
  return [...series]
    .map(([key, images]) => ({
      key,
      images: images.toSorted((a, b) => a.step - b.step || a.timestamp - b.timestamp),
    }))
    .toSorted((a, b) => a.key.localeCompare(b.key));
}
