import { type DirectoryStore, decide, type RightsReader, type Users } from "@runweir/identity-domain";
import type { Mailer } from "@runweir/mail";
import {
  createNotificationPreferences,
  type NotificationPreferences,
  type RequestView,
  type ReviewEvent,
} from "@runweir/notifications-domain";
import { startMailing } from "@runweir/notifications-mailing";
import { createNoticeQueue, createPreferenceStore, queueNotices } from "@runweir/notifications-postgres";
import type { Outbox } from "@runweir/outbox";
import type { Database } from "@runweir/postgres";
import { findMentions } from "@runweir/review-domain";
import { createReviewStore } from "@runweir/review-postgres";
import { createPeople } from "./open-reviews.ts";

const membersMax = 1_000;

/** Who is told what by e-mail; where there is no server for it, people may still say what they would want. */
export function openNotifications(options: {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly mail: { readonly mailer: Mailer; readonly publicUrl: string } | undefined;
  readonly users: Pick<Users, "byId">;
  readonly rights: RightsReader;
  readonly directoryStore: DirectoryStore;
  readonly clock: { now(): number };
  warn(message: string, error: unknown): void;
}): { readonly preferences: NotificationPreferences; stop(): Promise<void> } {
  const { database, outbox, mail, users, rights, directoryStore, clock } = options;
  const reviews = createReviewStore({ database });
  const people = createPeople(directoryStore);
  const preferences = createNotificationPreferences({
    store: createPreferenceStore({ database }),
    sendsMail: mail !== undefined,
  });
  if (mail === undefined) return { preferences, stop: async () => {} };

  async function viewRequest(event: ReviewEvent, requestId: number): Promise<RequestView | undefined> {
    const request = await reviews.findRequest(event.workspace, requestId);
    if (request === undefined) return undefined;
    const { comment } = event.subject;
    const body =
      typeof comment === "number" ? (await reviews.findComment(event.workspace, comment))?.body : undefined;
    return {
      requestId,
      title: request.title,
      isDraft: request.state === "draft",
      author: request.author,
      reviewers: request.reviewers,
      mentioned: body === undefined ? [] : await people.find(findMentions(body)),
    };
  }

  const mailing = startMailing({
    queue: createNoticeQueue({ database }),
    ...mail,
    async addressOf(userId) {
      const user = await users.byId(userId);
      return user === undefined || user.isDisabled ? undefined : user.email;
    },
    async mayKnow({ userId, workspace, model }) {
      const user = await users.byId(userId);
      const held = await rights.read({ kind: "user", id: userId }, workspace);
      if (user === undefined || held === undefined) return false;
      const caller = {
        principal: { kind: "user", id: userId, name: user.username },
        workspace,
        rights: { ...held, administrator: user.isAdministrator },
        requestId: "mail",
      } as const;
      return model === undefined
        ? decide(caller, "workspace.read").allowed
        : decide(caller, "model.read", { kind: "model", name: model }).allowed;
    },
    clock,
    onError: options.warn,
  });
  const handle = queueNotices({
    clock,
    viewRequest,
    membersOf: async (groupId) =>
      (await directoryStore.groups.listMembers(groupId, { limit: membersMax })).items.flatMap(
        ({ kind, id }) => (kind === "user" ? [id] : []),
      ),
  });
  outbox.follow("mail", handle, mailing.wake);
  return { preferences, stop: mailing.stop };
}
