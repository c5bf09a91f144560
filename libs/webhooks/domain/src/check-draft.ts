import { DomainError } from "@runweir/errors";
import { eventsOfFormat } from "./event/event-names.ts";
import type { WebhookFormat } from "./webhook.ts";

const namePattern = /^(?=.{1,63}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;
export const descriptionMax = 1_000;
export const urlMax = 2_000;
export const secretMax = 1_000;
const eventsMax = 64;

/** The rules for names that MLflow has. */
export function requireName(name: string): string {
  if (namePattern.test(name)) return name;
  throw refuse(
    "name",
    `Webhook name '${name}' is invalid. It must start and end with a letter or digit, be less than 63 characters long, and contain only letters, digits, dots (.), underscores (_), and hyphens (-).`,
  );
}

export function requireDescription(description: string): string {
  return requireLength("description", description, descriptionMax);
}

/** HTTPS, or plain HTTP where the host is one that administrators named for it. */
export function requireUrl(text: string, isPrivateHost: (hostname: string) => boolean): string {
  requireLength("url", text, urlMax);
  if (!URL.canParse(text))
    throw refuse(
      "url",
      `Invalid webhook URL '${text}'; allowed is an address like https://hooks.example.org/x.`,
    );
  const url = new URL(text);
  const isPlain = url.protocol === "http:" && isPrivateHost(hostnameOf(url));
  if (url.protocol !== "https:" && !isPlain)
    throw refuse(
      "url",
      `Invalid webhook URL scheme: '${url.protocol.slice(0, -1)}'. Allowed schemes are: https, and http to hosts that RUNWEIR_WEBHOOK_PRIVATE_HOSTS names.`,
    );
  if (url.username !== "" || url.password !== "")
    throw refuse("url", "Webhook URL must not include embedded credentials.");
  return url.href;
}

/** Without the brackets of IPv6. */
export function hostnameOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

export function requireEvents(format: WebhookFormat, events: readonly string[]): readonly string[] {
  const known: readonly string[] = eventsOfFormat[format];
  const unique = [...new Set(events)];
  if (unique.length === 0)
    throw refuse("events", `events is empty; a webhook takes at least one of: ${known.join(", ")}.`);
  if (unique.length > eventsMax)
    throw refuse("events", `events has ${unique.length} entries; at most ${eventsMax} are allowed.`);
  const unknown = unique.find((event) => !known.includes(event));
  if (unknown !== undefined)
    throw refuse("events", `events: found '${unknown}'; allowed are: ${known.join(", ")}.`);
  return unique;
}

/** A header's value: what would end it, or begin another, is refused. */
export function requireSecret(field: string, text: string): string {
  requireLength(field, text, secretMax);
  if (/\p{Cc}/u.test(text)) throw refuse(field, `${field} contains a control character; it may not.`);
  return text;
}

function requireLength(field: string, text: string, max: number): string {
  if (text.includes("\0") || !text.isWellFormed())
    throw refuse(field, `${field} contains NUL or is not well-formed Unicode; neither can be stored.`);
  if (text.length > max)
    throw refuse(field, `${field} has ${text.length} characters; at most ${max} are allowed.`);
  return text;
}

function refuse(field: string, message: string): DomainError {
  return new DomainError("invalid_argument", message, { field });
}
