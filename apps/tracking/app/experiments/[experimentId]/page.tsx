export { ExperimentPage as default } from "@runweir/tracking-web";
