import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/** How clients of a broker must prove who they are; TLS comes with it. */
export interface KafkaSecurity {
  readonly username: string;
  readonly password: string;
}

const storePassword = "local-test-only";

/** The broker's certificate, for clients, in PEM. */
export function certificateFile(folder: string): string {
  return join(folder, "broker-certificate.pem");
}

/** Makes a certificate for 127.0.0.1 that nobody else has signed. */
export async function makeCertificate(folder: string): Promise<void> {
  const store = ["-keystore", keystoreFile(folder), "-storepass", storePassword, "-alias", "broker"];
  await runCommand("keytool", [
    "-genkeypair",
    ...store,
    "-storetype",
    "PKCS12",
    "-keyalg",
    "RSA",
    "-keysize",
    "2048",
    "-validity",
    "2",
    "-dname",
    "CN=127.0.0.1",
    "-ext",
    "SAN=IP:127.0.0.1",
  ]);
  await runCommand("keytool", ["-exportcert", ...store, "-rfc", "-file", certificateFile(folder)]);
}

/** Settings of a listener that takes SASL (PLAIN and SCRAM) over TLS and nothing else. */
export function secureListener(
  folder: string,
  { username, password }: KafkaSecurity,
): Readonly<Record<string, string>> {
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${username}" password="${password}" user_${username}="${password}";`;
  return {
    "listener.security.protocol.map": "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "CLIENTS",
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    "sasl.mechanism.inter.broker.protocol": "PLAIN",
    "listener.name.clients.plain.sasl.jaas.config": plain,
    ...Object.fromEntries(
      ["scram-sha-256", "scram-sha-512"].map((mechanism) => [
        `listener.name.clients.${mechanism}.sasl.jaas.config`,
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
      ]),
    ),
    ...Object.fromEntries(
      ["keystore", "truststore"].flatMap((store) => [
        [`ssl.${store}.location`, keystoreFile(folder)],
        [`ssl.${store}.password`, storePassword],
        [`ssl.${store}.type`, "PKCS12"],
      ]),
    ),
  };
}

/** Arguments of the storage tool that make the account known for SCRAM. */
export function scramAccounts({ username, password }: KafkaSecurity): readonly string[] {
  return ["SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism) => [
    "--add-scram",
    `${mechanism}=[name=${username},password=${password}]`,
  ]);
}

function keystoreFile(folder: string): string {
  return join(folder, "broker.p12");
}
