const suffix = ".inbound.v1";

export function inboundTopicName(prefix: string): string {
  return `${prefix}${suffix}`;
}

/** Whether a dead letter's source is an inbound topic; all others hold segments. */
export function isInboundSource(source: string): boolean {
  return source.endsWith(suffix);
}
