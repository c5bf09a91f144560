import { createZoneConfig } from "@runweir/web-shell/zone-config";

// Next.js has no other switch for it, and an installation must not call anybody.
process.env.NEXT_TELEMETRY_DISABLED = "1";

export default createZoneConfig("registry");
