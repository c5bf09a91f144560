import { type NotificationPreferences, wishes } from "@runweir/notifications-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

const wish = z.enum(wishes);

/** What people want to be told by e-mail, mounted at `/trpc/notifications`. */
export function createNotificationsRouter(preferences: NotificationPreferences) {
  return router({
    preferences: procedure("account").query(({ ctx }) => preferences.get(ctx.caller)),
    setPreferences: procedure("account")
      .input(
        z.strictObject({
          review_requested: wish,
          mentioned: wish,
          state_changed: wish,
          dailyHour: z.int(),
        }),
      )
      .mutation(({ ctx, input }) => preferences.set(ctx.caller, input)),
  });
}

export type NotificationsApi = ReturnType<typeof createNotificationsRouter>;
