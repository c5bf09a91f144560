import { resolve } from "node:path";
import { type ZoneName, zones } from "@runweir/web-zones";
import type { NextConfig } from "next";

const root = resolve(import.meta.dirname, "../../../..");

/** The Next.js settings all zones have in common; a zone's next.config.ts is a call of this. */
export function createZoneConfig(zone: ZoneName): NextConfig {
  return {
    output: "standalone",
    assetPrefix: zones[zone].assetPrefix,
    outputFileTracingRoot: root,
    turbopack: { root },
    transpilePackages: [
      "@runweir/analytics-web",
      "@runweir/registry-web",
      "@runweir/review-web",
      "@runweir/tracking-web",
      "@runweir/web-charts",
      "@runweir/web-shell",
      "@runweir/web-trpc-client",
      "@runweir/web-ui",
      "@runweir/web-zones",
    ],
    reactStrictMode: true,
    poweredByHeader: false,
    devIndicators: false,
    // No image server: pictures are artifacts, streamed as they are.
    images: { unoptimized: true },
    // `npm run check` looks at the types of everything at once; a build need not do it again.
    typescript: { ignoreBuildErrors: true },
    experimental: {
      optimizePackageImports: ["radix-ui", "lucide-react", "@runweir/web-ui"],
      // Its entries outlive what they came from: a stylesheet that failed once fails again after it was mended. What is
      // built is kept by the hash of its sources anyway.
      turbopackFileSystemCacheForBuild: false,
    },
  };
}
