"use client";

import { TokensPage } from "../settings/tokens-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(TokensPage);
