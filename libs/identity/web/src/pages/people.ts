"use client";

import { PeoplePage } from "../people/people-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(PeoplePage);
