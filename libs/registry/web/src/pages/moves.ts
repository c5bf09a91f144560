"use client";

import { MovesPage } from "../moves/moves-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(MovesPage);
