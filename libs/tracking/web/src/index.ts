"use client";

import { ExperimentPage as Experiment } from "./experiment/experiment-page.tsx";
import { ExperimentsPage as Experiments } from "./experiments/experiments-page.tsx";
import { withApis } from "./with-apis.tsx";

export const ExperimentPage = withApis(Experiment);
export const ExperimentsPage = withApis(Experiments);
