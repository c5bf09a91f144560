export { ExperimentsPage as default } from "@runweir/tracking-web";
