"use client";

import { classNames, IconButton } from "@runweir/web-ui";
import { GripVertical } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { type PlotFrame, padSide } from "./plot-frame.ts";

const widthMax = 220;

/** An axis' name with its menu, and a handle that moves it: dragged, or by the arrow keys. */
export function AxisHead({
  title,
  index,
  frame,
  onMove,
  children,
}: {
  readonly title: string;
  readonly index: number;
  readonly frame: PlotFrame;
  readonly onMove: (to: number) => void;
  /** The name as a button, of the page. */
  readonly children: ReactNode;
}) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly by: number }>();
  const last = frame.x.length - 1;
  // The first and the last have no more than the margins beside them.
  const width = Math.min(frame.gap, index === 0 || index === last ? 2 * padSide : widthMax);
  const release = () => {
    if (!drag) return;
    setDrag(undefined);
    const to = Math.min(last, Math.max(0, index + Math.round(drag.by / frame.gap)));
    if (to !== index) onMove(to);
  };
  const press = (event: KeyboardEvent) => {
    const to = event.key === "ArrowLeft" ? index - 1 : event.key === "ArrowRight" ? index + 1 : -1;
    if (to < 0 || to > last) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <div
      className={classNames(
        "absolute top-0 flex h-7 max-w-full items-center justify-center",
        drag && "z-10 rounded-md bg-surface shadow-pop",
      )}
      style={{ left: frame.x[index]! - width / 2 + (drag?.by ?? 0), width }}
    >
      <IconButton
        label={`Move ${title}: arrow keys, or drag`}
        className="w-4 cursor-grab touch-none"
        icon={<GripVertical aria-hidden className="size-3.5 text-ink-3" />}
        onKeyDown={press}
        onPointerDown={(event: PointerEvent<HTMLButtonElement>) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: event.clientX, by: 0 });
        }}
        onPointerMove={(event: PointerEvent) =>
          drag && setDrag({ from: drag.from, by: event.clientX - drag.from })
        }
        onPointerUp={release}
        onPointerCancel={() => setDrag(undefined)}
      />
      {children}
    </div>
  );
}
