/** One line per phase: what, how it went, how long it took. */
export interface Progress {
  /** Runs a phase; the line appears when it ends, with what `work` says of itself. Nothing to say, no line. */
  phase<T>(name: string, work: () => Promise<{ readonly said: string; readonly result: T }>): Promise<T>;
  /** A word before a phase that takes long. */
  note(name: string, text: string): void;
  plain(text: string): void;
}

export function createProgress(write: (text: string) => void): Progress {
  const line = (name: string, text: string) => write(`  ${name.padEnd(12)}${text}\n`);
  return {
    async phase(name, work) {
      const began = performance.now();
      const { said, result } = await work();
      const seconds = (performance.now() - began) / 1000;
      line(name, `${said}, ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`);
      return result;
    },
    note: line,
    plain: (text) => write(`${text}\n`),
  };
}
