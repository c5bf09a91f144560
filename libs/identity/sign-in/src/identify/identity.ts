import type { UsedScope } from "@runweir/identity-domain";

/** Who a credential belongs to, as it is remembered while nothing about callers changes. */
export interface Identity {
  readonly kind: "user" | "service-account";
  readonly id: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  readonly scope?: UsedScope | undefined;
  readonly tokenId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly expiryTime?: number | undefined;
}
