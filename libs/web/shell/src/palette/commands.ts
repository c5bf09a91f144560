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
  { id: "models", label: "Models", words: "registry registered versions aliases stages", href: "/models" },
  { id: "moves", label: "Bulk moves", words: "models aliases stages many jobs undo", href: "/moves" },
  { id: "reviews", label: "Reviews", words: "inbox requests promote approve", href: "/reviews" },
  { id: "sql", label: "SQL", words: "query warehouse snapshot analytics", href: "/sql" },
  {
    id: "account",
    label: "Account",
    words: "me profile password tokens sessions sign out",
    href: "/account",
  },
  { id: "members", label: "Members", words: "settings roles people of the workspace", href: "/settings" },
  {
    id: "grants",
    label: "Roles and grants",
    words: "settings permissions allow deny",
    href: "/settings/grants",
  },
  { id: "explain", label: "Explain access", words: "settings why may permission", href: "/settings/explain" },
  { id: "workspaces", label: "Workspaces", words: "settings switch tenant", href: "/settings/workspaces" },
  { id: "groups", label: "Groups", words: "settings teams", href: "/settings/groups" },
  { id: "people", label: "People", words: "settings users invite administrator", href: "/settings/people" },
  { id: "audit", label: "Audit log", words: "settings who did what history chain", href: "/settings/audit" },
];

/** What can be done from anywhere. */
export function createActions(does: {
  readonly createExperiment: () => void;
  readonly copySnippet: () => void;
  readonly copyAddress: () => void;
  readonly setTheme: (mode: ThemeMode) => void;
  readonly showHelp: () => void;
}): readonly Command[] {
  return [
    { id: "create", label: "New experiment", words: "create add make", run: does.createExperiment },
    {
      id: "copy-snippet",
      label: "Copy the Python snippet",
      words: "code example import mlflow start_run",
      run: does.copySnippet,
    },
    {
      id: "copy-address",
      label: "Copy the tracking address",
      words: "uri url MLFLOW_TRACKING_URI server",
      run: does.copyAddress,
    },
    { id: "light", label: "Theme: light", words: "bright day colours", run: () => does.setTheme("light") },
    { id: "dark", label: "Theme: dark", words: "night colours", run: () => does.setTheme("dark") },
    {
      id: "system",
      label: "Theme: same as the system",
      words: "auto colours",
      run: () => does.setTheme("system"),
    },
    { id: "help", label: "Keyboard help", words: "keys shortcuts", keys: "?", run: does.showHelp },
  ];
}

/**
 * The commands that hold every word of the text, best first: those whose label begins with it, then those with a word
 * of the label that begins with its first word, then the rest; ties stay in their order.
 */
export function rankCommands(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = wanted;
  if (first === undefined) return commands;
  const whole = wanted.join(" ");
  return commands
    .flatMap((command) => {
      const label = command.label.toLowerCase();
      const held = `${label} ${command.words.toLowerCase()}`;
      if (!wanted.every((word) => held.includes(word))) return [];
      const rank = label.startsWith(whole)
        ? 0
        : label.split(/\W+/).some((word) => word.startsWith(first))
          ? 1
          : 2;
      return [{ command, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}
