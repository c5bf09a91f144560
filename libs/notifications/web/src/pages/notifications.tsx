"use client";

import { NotificationsApiProvider } from "../notifications-api.ts";
import { NotificationsPage } from "../notifications-page.tsx";

/** The page with the API of its slice above it. */
export default function NotificationsWithApi() {
  return (
    <NotificationsApiProvider>
      <NotificationsPage />
    </NotificationsApiProvider>
  );
}
