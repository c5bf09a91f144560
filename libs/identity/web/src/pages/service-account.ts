"use client";

import { ServiceAccountPage } from "../person/person-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(ServiceAccountPage);
