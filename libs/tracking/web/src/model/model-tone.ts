import type { WireModel } from "@runweir/tracking-trpc";
import type { Tone } from "@runweir/web-ui";

export function modelTone(status: WireModel["status"]): Tone {
  return ({ READY: "ok", PENDING: "warn", UPLOAD_FAILED: "bad" } as const)[status];
}
