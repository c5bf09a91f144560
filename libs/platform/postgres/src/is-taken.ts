/** Whether a statement failed because something of that name, or with that key, is there already. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}
