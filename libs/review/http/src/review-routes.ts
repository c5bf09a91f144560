import "@runweir/http";
import { DomainError } from "@runweir/errors";
import { readTarget } from "@runweir/registry-domain";
import { nameTarget, type RequestView, type Reviews } from "@runweir/review-domain";
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { checkReportBody } from "./check-report-body.ts";

type One = { readonly Params: { readonly id: string } };

const openBody = z.strictObject({
  model: z.string(),
  version: z.union([z.int().positive(), z.string().regex(/^\d+$/).transform(Number)]),
  /** `@alias` or a stage. */
  target: z.string().min(1),
  title: z.string().optional(),
  body: z.string().optional(),
  reviewers: z.array(z.string()).max(50).optional(),
});
const applyBody = z.strictObject({ head_digest: z.string(), override_reason: z.string().optional() });

/** Requests for scripts and for checks that run elsewhere. */
export function reviewRoutes({ reviews }: { readonly reviews: Reviews }): FastifyPluginAsync {
  return async (door) => {
    door.post<One>(
      "/api/reviews/:id/checks",
      // The token is of one check, and of nobody who could sign in: the service asks it.
      { config: { permission: "public" }, bodyLimit: 1024 * 1024 },
      async ({ params, body, headers }) => {
        const report = read(checkReportBody, body);
        const [, token] = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? "") ?? [];
        if (token === undefined)
          throw new DomainError(
            "unauthenticated",
            "A check is reported with 'Authorization: Bearer <its token>'.",
          );
        const check = await reviews.reportCheck(token, readId(params.id), report);
        return {
          name: check.name,
          status: check.status,
          conclusion: check.conclusion ?? null,
          head_digest: check.headDigest,
          started_at: printTime(check.startedTime),
          completed_at: printTime(check.completedTime),
        };
      },
    );
    door.post("/api/reviews", { config: { permission: "model.review" } }, async ({ caller, body }) => {
      const { version, target, ...draft } = read(openBody, body);
      const opened = await reviews.open(caller, {
        ...draft,
        moves: [{ target: readTarget(target), version }],
      });
      return requestAnswer(await reviews.get(caller, opened.requestId));
    });
    door.get<One>("/api/reviews/:id", { config: { permission: "model.read" } }, async ({ caller, params }) =>
      requestAnswer(await reviews.get(caller, readId(params.id))),
    );
    door.post<One>(
      "/api/reviews/:id/apply",
      { config: { permission: "model.review" } },
      async ({ caller, params, body }) => {
        const { head_digest: headDigest, override_reason: overrideReason } = read(applyBody, body);
        const requestId = readId(params.id);
        await reviews.apply(caller, { requestId, headDigest, overrideReason });
        return requestAnswer(await reviews.get(caller, requestId));
      },
    );
  };
}

function requestAnswer({ request, requirements, checks, canBeApplied }: RequestView) {
  const { subject } = request;
  return {
    id: request.requestId,
    state: request.state,
    title: request.title,
    author: request.author.name,
    head_digest: request.headDigest,
    policy: request.policy,
    ...(subject.kind === "moves"
      ? {
          model: subject.model,
          moves: subject.moves.map(({ target, from, to }) => ({
            target: nameTarget(target),
            from: from ?? null,
            to: to ?? null,
          })),
        }
      : {}),
    can_be_applied: canBeApplied,
    requirements: requirements.map(({ kind, isMet, text, name }) => ({
      kind,
      met: isMet,
      text,
      ...(name === undefined ? {} : { name }),
    })),
    checks: checks
      .filter(({ isCurrent }) => isCurrent)
      .map(({ name, status, conclusion, summary, isRequired }) => ({
        name,
        status,
        conclusion: conclusion ?? null,
        summary,
        required: isRequired,
      })),
    created_at: printTime(request.creationTime),
    ended_at: printTime(request.endTime),
  };
}

function readId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new DomainError("invalid_argument", `id: expected the number of a request, found '${text}'.`, {
    field: "id",
  });
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "body";
  throw new DomainError("invalid_argument", `${field}: ${issue?.message ?? "is not allowed"}`, { field });
}

function printTime(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
