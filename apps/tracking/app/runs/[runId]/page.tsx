export { RunPage as default } from "@runweir/tracking-web";
