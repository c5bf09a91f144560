"use client";

import { ExperimentPage as Experiment } from "./experiment/experiment-page.tsx";
import { ExperimentsPage as Experiments } from "./experiments/experiments-page.tsx";
import { LoggedModelPage as LoggedModel } from "./model/logged-model-page.tsx";
import { RunPage as Run } from "./run/run-page.tsx";
import { withApis } from "./with-apis.tsx";

export const ExperimentPage = withApis(Experiment);
export const ExperimentsPage = withApis(Experiments);
export const LoggedModelPage = withApis(LoggedModel);
export const RunPage = withApis(Run);
