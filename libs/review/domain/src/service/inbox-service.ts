import { readable } from "@runweir/identity-domain";
import type { ReviewDependencies } from "./dependencies.ts";
import { personOf } from "./find-request.ts";
import type { Reviews } from "./reviews.ts";

const entriesMax = 200;

export function inboxService({
  store,
  people,
  clock,
}: ReviewDependencies): Pick<Reviews, "inbox" | "markRead"> {
  return {
    async inbox(caller) {
      const person = personOf(caller);
      const groupIds = (await people.groupsOf(person)).map(({ id }) => id);
      const reader = { person, groupIds, visible: readable(caller, "model") };
      return store.readInbox(caller.workspace, reader, entriesMax);
    },
    markRead: (caller, requestId) =>
      store.markRead(caller.workspace, personOf(caller), requestId, clock.now()),
  };
}
