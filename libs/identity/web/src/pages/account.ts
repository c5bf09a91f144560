"use client";

import { AccountPage } from "../account/account-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(AccountPage);
