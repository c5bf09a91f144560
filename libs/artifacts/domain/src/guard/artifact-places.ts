/** Where experiments, runs and logged models keep their files, of whichever workspace. */
export interface ArtifactPlaces {
  /** Those of these that there are, under any of the names that the parts of a path may be. */
  findPlaces(names: {
    /** Whole numbers. */
    readonly experimentIds: readonly string[];
    readonly others: readonly string[];
  }): Promise<readonly ArtifactPlace[]>;
}

export interface ArtifactPlace {
  readonly workspace: string;
  readonly experimentId: string;
  readonly uri: string;
}
