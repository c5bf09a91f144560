import { DomainError } from "@runweir/errors";
import kafkajs, { type Admin } from "kafkajs";

/** Record headers, idempotent producers, and leaders that consumers may ask about (KIP-320), without the rights of a broker. */
const oldestVersion = [2, 3] as const;

/**
 * The cluster's id. Fails with `failed_precondition` when it cannot be reached or is older than Kafka 2.3. Kafka 4 has
 * no setting `inter.broker.protocol.version` any more, so its absence means new enough.
 */
export async function clusterName(admin: Admin): Promise<string> {
  const { clusterId, brokers, controller } = await admin.describeCluster().catch((error: unknown) => {
    throw new DomainError(
      "failed_precondition",
      `Kafka does not answer: ${reasonOf(error)}. Look at RUNWEIR_KAFKA_BROKERS.`,
      { cause: error },
    );
  });
  const asked = controller ?? brokers[0]?.nodeId ?? 0;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.BROKER,
        name: String(asked),
        configNames: ["inter.broker.protocol.version"],
      },
    ],
  });
  refuseOldVersion(resources[0]?.configEntries[0]?.configValue);
  return clusterId;
}

/** `protocol` as brokers before Kafka 4 say it: `3.7-IV4`. */
export function refuseOldVersion(protocol: string | undefined): void {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(protocol ?? "") ?? [];
  if (major === undefined || minor === undefined) return;
  const [oldestMajor, oldestMinor] = oldestVersion;
  if (Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)) return;
  throw new DomainError(
    "failed_precondition",
    `Kafka speaks protocol version ${protocol}; Runweir needs ${oldestVersion.join(".")} or newer.`,
    { reason: "kafka_version" },
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
