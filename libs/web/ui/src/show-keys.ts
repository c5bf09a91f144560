/** Keys as they are printed on the reader's keyboard: ⌘K on a Mac, Ctrl K elsewhere. */
export function showKeys(keys: string, apple = isApple()): string {
  const parts = keys.split("+").map((part) => {
    if (part === "mod") return apple ? "⌘" : "Ctrl";
    return part.length === 1 && keys.includes("+") ? part.toUpperCase() : part;
  });
  return parts.join(apple ? "" : " ");
}

function isApple(): boolean {
  return typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
}
