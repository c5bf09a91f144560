import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Person, ReviewRequest } from "../request/review-request.ts";
import type { ReviewStore } from "../review-store.ts";

export function requestNotFound(requestId: number): DomainError {
  return new DomainError("not_found", `There is no request ${requestId}.`, { field: "requestId" });
}

export async function requireRequest(
  store: Pick<ReviewStore, "findRequest">,
  workspace: string,
  requestId: number,
): Promise<ReviewRequest> {
  const found = await store.findRequest(workspace, requestId);
  if (found) return found;
  throw requestNotFound(requestId);
}

export async function lockRequest(
  store: Pick<ReviewStore, "lockRequest">,
  workspace: string,
  requestId: number,
): Promise<ReviewRequest> {
  const found = await store.lockRequest(workspace, requestId);
  if (found) return found;
  throw requestNotFound(requestId);
}

export function personOf({ principal: { kind, id, name } }: Caller): Person {
  return { kind, id, name };
}

export function modelOf({ subject }: ReviewRequest): string | undefined {
  return subject.kind === "moves" ? subject.model : undefined;
}

/** How a request is called in the audit log and outside. */
export function nameRequest({ requestId, title }: Pick<ReviewRequest, "requestId" | "title">): string {
  return `#${requestId} ${title}`;
}
