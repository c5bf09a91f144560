import { fieldsOf, textOf } from "./read-fields.ts";
import type { EventMessage, RecordedEvent } from "./recorded-event.ts";

const stages = ["Staging", "Production", "Archived"];

/** An event in the words of Databricks' registry webhooks; nothing where it has none. */
export function tellDatabricks(event: RecordedEvent, webhookId: string): readonly EventMessage[] {
  return occurrences(event).map(({ name, more, text }) => ({
    event: name,
    body: {
      event: name,
      webhook_id: webhookId,
      event_timestamp: event.time,
      model_name: event.model,
      ...more,
      text: `${event.actor.name} ${text}`,
    },
  }));
}

interface Occurrence {
  readonly name: string;
  readonly more: Readonly<Record<string, unknown>>;
  readonly text: string;
}

function occurrences(event: RecordedEvent): readonly Occurrence[] {
  const { kind, subject } = event;
  const after = fieldsOf(event.after);
  const version = textOf(subject.version);
  switch (kind) {
    case "registered_model.created":
      return [
        { name: "REGISTERED_MODEL_CREATED", more: {}, text: `created the registered model ${event.model}.` },
      ];
    case "model_version.created":
      return [
        {
          name: "MODEL_VERSION_CREATED",
          more: { version, run_id: after.runId, source: after.source },
          text: `created version ${version} of ${event.model}.`,
        },
      ];
    case "model_version_tag.set":
      return [
        {
          name: "MODEL_VERSION_TAG_SET",
          more: { version, tags: [{ key: subject.key, value: event.after }] },
          text: `set the tag ${textOf(subject.key)} on version ${version} of ${event.model}.`,
        },
      ];
    case "model_version.transitioned": {
      const to = textOf(after.stage);
      const from = textOf(fieldsOf(event.before).stage);
      return withStage("MODEL_VERSION_TRANSITIONED_", "STAGE", "TO_", "", to).map((name) => ({
        name,
        more: { version, to_stage: to, from_stage: from },
        text: `transitioned version ${version} of ${event.model} from ${from} to ${to}.`,
      }));
    }
    case "review.opened":
      return movesOf(subject.moves).flatMap(({ stage, to }) =>
        withStage("TRANSITION_REQUEST_", "CREATED", "TO_", "_CREATED", stage).map((name) => ({
          name,
          more: { version: textOf(to), to_stage: stage },
          text: `requested to transition version ${textOf(to)} of ${event.model} to ${stage}.`,
        })),
      );
    case "review.commented":
      return [
        {
          name: "COMMENT_CREATED",
          more: {
            version: candidateOf(subject.moves),
            comment: textOf(subject.text),
          },
          text: `commented on ${event.model}.`,
        },
      ];
    default:
      return [];
  }
}

function withStage(
  prefix: string,
  any: string,
  before: string,
  after: string,
  stage: string | undefined,
): readonly string[] {
  const named = stage !== undefined && stages.includes(stage);
  return [`${prefix}${any}`, ...(named ? [`${prefix}${before}${stage.toUpperCase()}${after}`] : [])];
}

/** The version that a request is about, whatever it moves. */
function candidateOf(moves: unknown): string | undefined {
  return Array.isArray(moves) ? textOf(fieldsOf(moves[0]).to) : undefined;
}

/** Moves of stages among those of a request, which names aliases with an `@`: `{ target: "Production", to: 3 }`. */
function movesOf(moves: unknown): readonly { readonly stage: string; readonly to: unknown }[] {
  if (!Array.isArray(moves)) return [];
  return moves.flatMap((move: unknown) => {
    const { target, to } = fieldsOf(move);
    const stage = textOf(target);
    return stage === undefined || stage.startsWith("@") ? [] : [{ stage, to }];
  });
}
