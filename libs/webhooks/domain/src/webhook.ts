/** In whose words a webhook is told: MLflow's with our own besides, or those of Databricks' registry webhooks. */
export type WebhookFormat = "mlflow" | "databricks";

/** `test`: only when somebody tries it. `paused`: it failed too often, and nobody has turned it on again. */
export const webhookStatuses = ["active", "disabled", "test", "paused"] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

export interface Webhook {
  readonly webhookId: string;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly format: WebhookFormat;
  readonly events: readonly string[];
  /** Of this registered model only; of the whole workspace when absent. */
  readonly model?: string | undefined;
  readonly status: WebhookStatus;
  /** False: whatever certificate the other end shows is taken. */
  readonly verifiesTls: boolean;
  /** Whether requests are signed. The secret itself is shown to nobody. */
  readonly isSigned: boolean;
  /** Attempts that failed since the last that did not. */
  readonly failures: number;
  readonly creator: { readonly id: string; readonly name: string };
  readonly creationTime: number;
  readonly lastUpdateTime: number;
}

/** What is kept encrypted, together. */
export interface WebhookSecrets {
  readonly secret?: string | undefined;
  /** For the header of that name. */
  readonly authorization?: string | undefined;
}

export interface WebhookDraft extends WebhookSecrets {
  readonly name: string;
  readonly description?: string | undefined;
  readonly url: string;
  readonly format?: WebhookFormat | undefined;
  readonly events: readonly string[];
  readonly model?: string | undefined;
  readonly status?: WebhookStatus | undefined;
  readonly verifiesTls?: boolean | undefined;
}

/** What is absent stays as it is; an empty secret takes it away. */
export type WebhookChanges = {
  readonly [Field in Exclude<keyof WebhookDraft, "format" | "model">]?: WebhookDraft[Field] | undefined;
};

export interface WebhookPage {
  readonly items: readonly Webhook[];
  readonly nextPageToken?: string | undefined;
}
