export { attachment } from "./attachment.ts";
export { type FileToSend, sendFile } from "./send-file.ts";
