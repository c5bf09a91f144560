/** Lets something outside report one check, and nothing else. */
export interface CheckToken {
  readonly tokenId: string;
  /** The only check that it is good for. */
  readonly checkName: string;
  /** Of which models; `*` stands for any text. */
  readonly model: string;
  readonly createdBy: string;
  readonly creationTime: number;
  readonly revokedTime: number | undefined;
}
