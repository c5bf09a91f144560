import { type Caller, decide, requirePermission } from "@runweir/identity-domain";
import { type RequestOwners, requireRequestAccess } from "../guard/require-request.ts";
import type { ReviewChange, ReviewFilter } from "./review-feed.ts";

/** Who may hear of what happens to requests. */
export interface ReviewSight {
  /**
   * What somebody has to listen to who looks at a request, or at all of them. Rejects for who may not; asked again while they do,
   * so that it ends with the right to it.
   */
  requireWatching(caller: Caller, requestId: number | undefined): Promise<ReviewFilter>;
  /** Those changes that the caller may know of. */
  visible(caller: Caller, changes: readonly ReviewChange[]): readonly ReviewChange[];
}

export function watchReviews(owners: Pick<RequestOwners, "modelOfRequest">): ReviewSight {
  return {
    async requireWatching(caller, requestId) {
      const { workspace } = caller;
      if (requestId === undefined) {
        requirePermission(caller, "model.read");
        return { workspace };
      }
      const model = await requireRequestAccess(owners, caller, "model.read", requestId);
      return model === "policies" ? { workspace, requestId } : { workspace, model };
    },

    visible: (caller, changes) =>
      changes.filter(({ requestId, model }) => {
        // That something has changed which nobody names is no secret.
        if (requestId === undefined) return true;
        return model === undefined
          ? decide(caller, "workspace.read").allowed
          : decide(caller, "model.read", { kind: "model", name: model }).allowed;
      }),
  };
}
