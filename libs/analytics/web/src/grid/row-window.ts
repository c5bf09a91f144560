/** Browsers draw no element higher than some 17 to 33 million pixels; below that, one pixel of scrolling is one of rows. */
const heightMax = 12_000_000;

export interface RowWindow {
  /** Height of everything there is to scroll through. */
  readonly height: number;
  /** The first row to be drawn, and how far its top is from the top of everything. */
  readonly first: number;
  readonly top: number;
  readonly count: number;
}

/** Which rows are seen at a place of the scroll bar. Beyond `heightMax` the bar moves more than one row at a time. */
export function windowOf(rows: number, rowHeight: number, scrollTop: number, viewHeight: number): RowWindow {
  const whole = rows * rowHeight;
  const height = Math.min(whole, heightMax);
  const count = Math.min(rows, Math.ceil(viewHeight / rowHeight) + 1);
  if (height <= viewHeight) return { height, first: 0, top: 0, count: rows };
  const share = Math.min(1, Math.max(0, scrollTop / (height - viewHeight)));
  const offset = share * (whole - viewHeight);
  const first = Math.min(Math.floor(offset / rowHeight), Math.max(0, rows - count));
  // So that the part of the first row that is above the edge stays above it.
  return { height, first, top: scrollTop - (offset - first * rowHeight), count };
}

/** Where to scroll so that a row is seen whole; undefined when it is. */
export function scrollTo(
  row: number,
  rows: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): number | undefined {
  const whole = rows * rowHeight;
  const height = Math.min(whole, heightMax);
  if (height <= viewHeight) return undefined;
  const scale = (height - viewHeight) / (whole - viewHeight);
  const offset = scrollTop / scale;
  if (row * rowHeight < offset) return row * rowHeight * scale;
  if ((row + 1) * rowHeight > offset + viewHeight) return ((row + 1) * rowHeight - viewHeight) * scale;
  return undefined;
}
