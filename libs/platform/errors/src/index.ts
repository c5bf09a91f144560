export { DomainError, type ErrorCode, errorCodes } from "./domain-error.ts";
