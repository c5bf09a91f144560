import type { ThemeMode } from "@runweir/web-ui";

export interface Command {
  readonly id: string;
  readonly label: string;
  /** Other words it is found by. */
  readonly words: string;
  readonly href?: string;
  readonly run?: () => void;
  readonly keys?: string;
}

export const pages: readonly Command[] = [
  { id: "home", label: "Home", words: "start running recent", href: "/" },
  { id: "experiments", label: "Experiments", words: "list projects", href: "/experiments" },
];

/** What can be done from anywhere. */
export function createActions(does: {
  readonly setTheme: (mode: ThemeMode) => void;
  readonly showHelp: () => void;
  readonly copyAddress: () => void;
}): readonly Command[] {
  return [
    {
      id: "copy-address",
      label: "Copy the tracking address",
      words: "uri url MLFLOW_TRACKING_URI server",
      run: does.copyAddress,
    },
    { id: "help", label: "Keyboard help", words: "keys shortcuts", keys: "?", run: does.showHelp },
    { id: "light", label: "Theme: light", words: "bright day", run: () => does.setTheme("light") },
    { id: "dark", label: "Theme: dark", words: "night", run: () => does.setTheme("dark") },
    { id: "system", label: "Theme: same as the system", words: "auto", run: () => does.setTheme("system") },
  ];
}

/** Commands that hold every word of the text somewhere in their label or words. */
export function filterCommands(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label, words }) => {
    const held = `${label} ${words}`.toLowerCase();
    return wanted.every((word) => held.includes(word));
  });
}
