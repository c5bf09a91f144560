import { themeScript } from "@runweir/web-ui";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AppFrame } from "./app-frame.tsx";

export const metadata: Metadata = {
  title: { default: "Runweir", template: "%s · Runweir" },
  description: "Experiments and runs, live.",
  // Drawn in place: an icon file would be one more thing for each zone to serve.
  icons: {
    icon: `data:image/svg+xml,${encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18"><path d="M1 5c3 0 3 3 5.3 3S9.7 5 12 5s2.7 3 5 3M1 11c3 0 3 3 5.3 3s3.4-3 5.7-3 2.7 3 5 3" fill="none" stroke="#0b7a75" stroke-width="2.2" stroke-linecap="round"/></svg>',
    )}`,
  },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/**
 * The root layout of every zone. Pages are drawn for each request, since only scripts that carry its nonce may run; a page that was
 * built beforehand cannot know it.
 */
export async function ZoneLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The script below sets the theme before React wakes up, which React would otherwise take for a mistake.
    <html lang="en" suppressHydrationWarning>
      {/* biome-ignore lint/style/noHeadElement: this is the app router, where a layout writes it itself */}
      <head>
        {/* Browsers hide a nonce from scripts, which React would take for a mistake too. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, and it must run before the first paint */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <AppFrame>{children}</AppFrame>
      </body>
    </html>
  );
}
