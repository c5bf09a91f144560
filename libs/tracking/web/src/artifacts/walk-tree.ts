import type { KeyboardEvent } from "react";

/** What the arrow keys need to know of the tree item they were pressed on. */
export interface TreeStop {
  readonly isFolder: boolean;
  readonly isOpen: boolean;
  /** What a click does. */
  act(): void;
  toggle(open: boolean): void;
}

/** The keys of a tree, as people know them from file managers. */
export function walkTree(event: KeyboardEvent<HTMLElement>, stop: TreeStop): void {
  const here = event.currentTarget;
  const items = [...(here.closest("[role=tree]")?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])];
  const at = items.indexOf(here);
  const parent = items.slice(0, at).findLast((item) => Number(item.ariaLevel) === Number(here.ariaLevel) - 1);
  switch (event.key) {
    case "ArrowDown":
      items[at + 1]?.focus();
      break;
    case "ArrowUp":
      items[at - 1]?.focus();
      break;
    case "Home":
      items[0]?.focus();
      break;
    case "End":
      items.at(-1)?.focus();
      break;
    case "ArrowRight":
      if (stop.isFolder && !stop.isOpen) stop.toggle(true);
      else items[at + 1]?.focus();
      break;
    case "ArrowLeft":
      if (stop.isOpen) stop.toggle(false);
      else parent?.focus();
      break;
    case "Enter":
    case " ":
      stop.act();
      break;
    default:
      return;
  }
  event.preventDefault();
}
