"use client";

import { PageHeader } from "@runweir/web-ui";

export function HomePage() {
  return <PageHeader title="Home" />;
}
