export interface ExportProgress {
  readonly what: string;
  readonly done: number;
  readonly of: number;
}
