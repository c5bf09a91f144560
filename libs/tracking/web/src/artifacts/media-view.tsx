"use client";

import { ErrorState, formatCount } from "@runweir/web-ui";
import { useState } from "react";

/** A picture in its own size, or as large as there is room. */
export function ImageView({ url, name }: { readonly url: string; readonly name: string }) {
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>();
  const [broken, setBroken] = useState(false);
  if (broken) return <Broken what="picture" verb="drawn" />;
  return (
    <figure className="flex min-h-full flex-col items-center justify-center gap-2 p-4">
      {/* biome-ignore lint/performance/noImgElement: an artifact, streamed as it is; there is no image server */}
      <img
        src={url}
        alt={name}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setSize({ width: naturalWidth, height: naturalHeight })
        }
        onError={() => setBroken(true)}
        className="max-w-full rounded-md border border-line [image-rendering:auto]"
      />
      <figcaption className="num h-5 text-ink-3">
        {size && `${formatCount(size.width)} × ${formatCount(size.height)}`}
      </figcaption>
    </figure>
  );
}

export function MediaView({
  kind,
  url,
  name,
}: {
  readonly kind: "audio" | "video";
  readonly url: string;
  readonly name: string;
}) {
  const [broken, setBroken] = useState(false);
  if (broken) return <Broken what={kind === "audio" ? "recording" : "video"} verb="played" />;
  return (
    <div className="grid min-h-full place-items-center p-4">
      {kind === "audio" ? (
        // biome-ignore lint/a11y/useMediaCaption: a logged recording has none
        <audio
          controls
          src={url}
          onError={() => setBroken(true)}
          aria-label={name}
          className="w-full max-w-130"
        />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: a logged recording has none
        <video
          controls
          src={url}
          onError={() => setBroken(true)}
          aria-label={name}
          className="min-h-40 max-h-[70vh] min-w-60 max-w-full rounded-md"
        />
      )}
    </div>
  );
}

function Broken({ what, verb }: { readonly what: string; readonly verb: string }) {
  return (
    <ErrorState
      problem={{
        title: `The ${what} cannot be ${verb}`,
        message:
          "The file is not what its name says, is of a form this browser does not know, or was cut short while it was uploaded.",
      }}
    >
      <p className="text-ink-2">It can still be downloaded.</p>
    </ErrorState>
  );
}
