import { applyService } from "./apply-service.ts";
import { checkService } from "./check-service.ts";
import type { ReviewDependencies } from "./dependencies.ts";
import { inboxService } from "./inbox-service.ts";
import { policyService } from "./policy-service.ts";
import { requestService } from "./request-service.ts";
import type { Reviews } from "./reviews.ts";
import { threadService } from "./thread-service.ts";
import { verdictService } from "./verdict-service.ts";
import { viewService } from "./view-service.ts";

/** Model pull requests over a store, the registry's targets and what is known of versions. */
export function createReviews(dependencies: ReviewDependencies): Reviews {
  return {
    ...requestService(dependencies),
    ...viewService(dependencies),
    ...verdictService(dependencies),
    ...threadService(dependencies),
    ...checkService(dependencies),
    ...applyService(dependencies),
    ...inboxService(dependencies),
    ...policyService(dependencies),
  };
}
