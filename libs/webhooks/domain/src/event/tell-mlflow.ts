import { isMlflowEvent, ownEvents } from "./event-names.ts";
import { fieldsOf, tagMapOf, textOf } from "./read-fields.ts";
import type { EventMessage, RecordedEvent } from "./recorded-event.ts";

const own: ReadonlySet<string> = new Set(ownEvents);
/** What MLflow keeps in tags of prompts and tells otherwise, or not at all. */
const promptTags = ["mlflow.prompt.is_prompt", "_mlflow_prompt_type", "mlflow.prompt.text"];

/** An event in MLflow's words where it has some, and in our own where it tells of it with too little, or not at all. */
export function tellMlflow(event: RecordedEvent): readonly EventMessage[] {
  const standard = standardData(event);
  return [
    ...(standard === undefined ? [] : [message(event, standard.event, standard.data)]),
    ...(own.has(event.kind)
      ? [
          message(
            event,
            event.kind,
            { ...nameOf(event), ...event.subject },
            {
              actor: event.actor,
              before: event.before ?? null,
              after: event.after ?? null,
            },
          ),
        ]
      : []),
  ];
}

/** MLflow's envelope. It names the workspace only where there are several. */
export function message(
  { workspace, time }: Pick<RecordedEvent, "workspace" | "time">,
  event: string,
  data: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): EventMessage {
  const [entity, action] = event.split(".");
  return {
    event,
    body: {
      entity,
      action,
      // As Python writes it.
      timestamp: new Date(time).toISOString().replace(/(\.\d{3})Z$/, "$1000+00:00"),
      data,
      ...(workspace === "default" ? {} : { workspace }),
      ...more,
    },
  };
}

function nameOf({ model }: RecordedEvent): { readonly name?: string } {
  return model === undefined ? {} : { name: model };
}

/** What MLflow's own server would have sent. */
function standardData(
  event: RecordedEvent,
): { readonly event: string; readonly data: Readonly<Record<string, unknown>> } | undefined {
  const { kind, model: name, subject } = event;
  const isPrompt = subject.prompt === true;
  const after = fieldsOf(event.after);
  const version = textOf(subject.version);
  switch (kind) {
    case "registered_model.created":
      return {
        event: isPrompt ? "prompt.created" : kind,
        data: { name, tags: tagsOf(after.tags, isPrompt), description: textOf(after.description) ?? "" },
      };
    case "model_version.created":
      return isPrompt
        ? {
            event: "prompt_version.created",
            data: {
              name,
              version,
              template: tagMapOf(after.tags)["mlflow.prompt.text"] ?? null,
              tags: tagsOf(after.tags, true),
              description: textOf(after.description) || null,
            },
          }
        : {
            event: kind,
            data: {
              name,
              version,
              source: after.source ?? null,
              run_id: after.runId ?? null,
              tags: tagsOf(after.tags, false),
              description: textOf(after.description) || null,
            },
          };
    case "model_version_tag.set":
    case "registered_model_tag.set":
    case "model_version_tag.deleted":
    case "registered_model_tag.deleted": {
      const named = isPrompt
        ? kind
            .replace("model_version_tag", "prompt_version_tag")
            .replace("registered_model_tag", "prompt_tag")
        : kind;
      if (!isMlflowEvent(named)) return undefined;
      const value = kind.endsWith(".set") ? { value: event.after ?? "" } : {};
      return {
        event: named,
        data: { name, ...(version === undefined ? {} : { version }), key: subject.key, ...value },
      };
    }
    case "model_alias.moved": {
      const entity = isPrompt ? "prompt_alias" : "model_version_alias";
      const { alias } = subject;
      return event.after === undefined
        ? { event: `${entity}.deleted`, data: { name, alias } }
        : { event: `${entity}.created`, data: { name, alias, version: textOf(after.version) } };
    }
    default:
      return undefined;
  }
}

function tagsOf(tags: unknown, isPrompt: boolean): Readonly<Record<string, unknown>> {
  const all = tagMapOf(tags);
  if (!isPrompt) return all;
  return Object.fromEntries(Object.entries(all).filter(([key]) => !promptTags.includes(key)));
}
