"use client";

import { PersonPage } from "../person/person-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(PersonPage);
