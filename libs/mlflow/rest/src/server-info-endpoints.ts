import { defineEndpoint, type Endpoint } from "./endpoint.ts";
import { message } from "./wire/message.ts";

/** What clients ask before they choose how to upload and what to offer. */
export function serverInfoEndpoints(): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["GET"],
      path: "server-info",
      permission: "public",
      request: message({}),
      answer: async () => ({
        store_type: "SqlStore",
        workspaces_enabled: true,
        trace_archival_enabled: false,
        multipart_uploads_enabled: true,
        multipart_downloads_enabled: false,
      }),
    }),
  ];
}
