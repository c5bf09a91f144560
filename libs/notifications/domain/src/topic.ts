/** What people are told of by e-mail. */
export const topics = ["review_requested", "mentioned", "state_changed"] as const;
export type Topic = (typeof topics)[number];

export const wishes = ["at_once", "daily", "never"] as const;
export type Wish = (typeof wishes)[number];

/** What one person wants to be told of, and how. */
export type Preferences = Readonly<Record<Topic, Wish>> & {
  /** When the daily e-mail goes out: an hour of UTC. */
  readonly dailyHour: number;
};

export const usualPreferences: Preferences = {
  review_requested: "at_once",
  mentioned: "at_once",
  state_changed: "daily",
  dailyHour: 7,
};
