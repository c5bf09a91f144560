import { createHmac } from "node:crypto";
import type { WebhookFormat, WebhookSecrets } from "../webhook.ts";

export interface WebhookRequest {
  readonly url: string;
  readonly verifiesTls: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request as MLflow 3 sends and signs it, or as Databricks does. */
export function composeRequest(
  webhook: { readonly url: string; readonly verifiesTls: boolean; readonly format: WebhookFormat },
  delivery: { readonly deliveryId: string; readonly body: string },
  { secret, authorization }: WebhookSecrets,
  now: number,
): WebhookRequest {
  const { url, verifiesTls, format } = webhook;
  const { deliveryId, body } = delivery;
  return {
    url,
    verifiesTls,
    body,
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "Runweir",
      ...(authorization ? { Authorization: authorization } : {}),
      ...(format === "mlflow"
        ? mlflowHeaders(deliveryId, body, secret, Math.floor(now / 1_000))
        : databricksHeaders(deliveryId, body, secret)),
    },
  };
}

function mlflowHeaders(deliveryId: string, body: string, secret: string | undefined, seconds: number) {
  const signature = (key: string) =>
    `v1,${createHmac("sha256", key).update(`${deliveryId}.${seconds}.${body}`).digest("base64")}`;
  return {
    "X-MLflow-Delivery-Id": deliveryId,
    "X-MLflow-Timestamp": String(seconds),
    ...(secret ? { "X-MLflow-Signature": signature(secret) } : {}),
  };
}

function databricksHeaders(deliveryId: string, body: string, secret: string | undefined) {
  return {
    "X-Runweir-Delivery-Id": deliveryId,
    ...(secret ? { "X-Databricks-Signature": createHmac("sha256", secret).update(body).digest("hex") } : {}),
  };
}
