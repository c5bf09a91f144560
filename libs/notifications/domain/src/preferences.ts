import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Preferences } from "./topic.ts";
import { usualPreferences } from "./topic.ts";

export interface PreferenceStore {
  find(userId: string): Promise<Preferences | undefined>;
  put(userId: string, preferences: Preferences): Promise<void>;
}

/** What people want to be told of; each person's own. */
export interface NotificationPreferences {
  get(caller: Caller): Promise<Preferences & { readonly sendsMail: boolean }>;
  set(caller: Caller, preferences: Preferences): Promise<void>;
}

export function createNotificationPreferences(options: {
  readonly store: PreferenceStore;
  /** Whether this installation sends e-mail at all. */
  readonly sendsMail: boolean;
}): NotificationPreferences {
  const { store, sendsMail } = options;
  return {
    async get({ principal }) {
      const kept = principal.kind === "user" ? await store.find(principal.id) : undefined;
      return { ...(kept ?? usualPreferences), sendsMail };
    },
    async set({ principal }, preferences) {
      if (principal.kind !== "user")
        throw new DomainError("failed_precondition", "Only people who sign in are told by e-mail.");
      const { dailyHour } = preferences;
      if (!Number.isInteger(dailyHour) || dailyHour < 0 || dailyHour > 23)
        throw new DomainError(
          "invalid_argument",
          `dailyHour: found ${dailyHour}, allowed are whole hours from 0 to 23.`,
          { field: "dailyHour" },
        );
      await store.put(principal.id, preferences);
    },
  };
}
