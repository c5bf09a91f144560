export interface FileState {
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Without quotes; two states of a file never share one. */
  readonly etag: string;
}

export interface Conditions {
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

export type Answer =
  | { readonly status: 200 }
  | { readonly status: 206; readonly start: number; readonly end: number }
  | { readonly status: 304 | 412 | 416 };

/** What a GET with these conditions is answered (RFC 9110, 13.2.2). Several ranges at once are answered with the whole. */
export function planAnswer(file: FileState, conditions: Conditions): Answer {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  if (ifMatch !== undefined) {
    if (!names(ifMatch, file.etag)) return { status: 412 };
  } else if (ifUnmodifiedSince !== undefined && isChangedSince(file, ifUnmodifiedSince)) {
    return { status: 412 };
  }
  if (ifNoneMatch !== undefined) {
    if (names(ifNoneMatch, file.etag)) return { status: 304 };
  } else if (ifModifiedSince !== undefined && isUnchangedSince(file, ifModifiedSince)) {
    return { status: 304 };
  }
  if (conditions.range === undefined || !isRangeWanted(file, conditions.ifRange)) return { status: 200 };
  return planRange(file.bytes, conditions.range);
}

function planRange(bytes: number, range: string): Answer {
  const [, first, last] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(range) ?? [];
  // A unit or form we do not know is to be ignored, as if it had not been asked for.
  if (first === undefined || last === undefined || (first === "" && last === "")) return { status: 200 };
  if (first === "") {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? { status: 416 } : { status: 206, start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== "" && Number(last) < start) return { status: 200 };
  return start >= bytes ? { status: 416 } : { status: 206, start, end };
}

/** A range of a file that changed since would be glued to other bytes. */
function isRangeWanted(file: FileState, ifRange: string | undefined): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"')) return ifRange === `"${file.etag}"`;
  return Date.parse(ifRange) === inSeconds(file.modifiedAt);
}

function names(list: string, etag: string): boolean {
  return (
    list.trim() === "*" || list.split(",").some((entry) => entry.trim().replace(/^W\//, "") === `"${etag}"`)
  );
}

function isUnchangedSince(file: FileState, date: string): boolean {
  return inSeconds(file.modifiedAt) <= Date.parse(date);
}

function isChangedSince(file: FileState, date: string): boolean {
  return inSeconds(file.modifiedAt) > Date.parse(date);
}

/** HTTP dates have no fractions. */
function inSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}
