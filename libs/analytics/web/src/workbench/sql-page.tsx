"use client";

import { Suspense } from "react";
import { AnalyticsApiProvider } from "../analytics-api.ts";
import { Workbench } from "./workbench.tsx";

export function SqlPage() {
  return (
    <AnalyticsApiProvider>
      <Suspense>
        <Workbench />
      </Suspense>
    </AnalyticsApiProvider>
  );
}
