const mebibyte = 2 ** 20;

/** Bounds of what is read, after decompression. */
export const formatLimits = {
  /** Opening brackets of a JSON body: each is an object for the parser, however short its text. */
  jsonBrackets: 500_000,
  ndjsonLineBytes: 16 * 1024,
  ndjsonWindowPoints: 16_384,
  ndjsonWindowRuns: 256,
  arrowMetadataBytes: mebibyte,
  arrowBodyBytes: 32 * mebibyte,
  arrowRows: 2 ** 20,
  arrowDictionaryBytes: 16 * mebibyte,
  arrowDictionaryValues: 2 ** 20,
} as const;

export type FormatLimits = { readonly [Name in keyof typeof formatLimits]: number };
