/** "0.1", "1e-3" and "-4" do; "", "0x10", "nan" and "12 px" do not. */
export function readsAsNumber(value: number | string): boolean {
  return typeof value === "number" || /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim());
}
