export interface ShownProgress {
  readonly what: string;
  readonly done: number;
  readonly of: number;
}

const width = 24;
const everyMs = 100;

/** A bar where somebody looks, else a line for each kind of thing. `end` takes the bar away. */
export function createProgressBar(stream: NodeJS.WriteStream): {
  show(progress: ShownProgress): void;
  say(text: string): void;
  end(): void;
} {
  const began = performance.now();
  let shownAt = Number.NEGATIVE_INFINITY;
  let what = "";
  const clear = (): void => void (stream.isTTY && stream.write("\r\u001b[K"));
  return {
    show(progress) {
      const changed = progress.what !== what;
      what = progress.what;
      const now = performance.now();
      if (!stream.isTTY) {
        if (changed && what !== "") stream.write(`${what}: ${progress.done} of ${progress.of}\n`);
        return;
      }
      if (!changed && now - shownAt < everyMs) return;
      shownAt = now;
      stream.write(`\r\u001b[K${printBar(progress, (now - began) / 1_000)}`);
    },
    say(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
}

export function printBar({ what, done, of }: ShownProgress, seconds: number): string {
  const share = of > 0 ? Math.min(1, done / of) : 1;
  const full = Math.floor(share * width);
  const bar = "#".repeat(full).padEnd(width, "-");
  return `[${bar}] ${Math.floor(share * 100)} %, ${what} ${done} of ${of}, ${Math.round(seconds)} s`;
}
