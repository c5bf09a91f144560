/** The theme's colours as a canvas takes them: resolved, since it knows no CSS variables. */
export interface ChartColors {
  readonly surface: string;
  readonly line: string;
  readonly label: string;
  readonly font: string;
  /** `var(--run-3)` to what it stands for now; anything else as it is. */
  resolve(color: string): string;
}

export function readChartColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: read("--surface"),
    line: read("--line"),
    label: read("--ink-3"),
    font: read("--font-data"),
    resolve: (color) => resolveColor(color, read),
  };
}

export function resolveColor(color: string, read: (name: string) => string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color.trim())?.[1];
  return name === undefined ? color : read(name) || "#888888";
}
