export { default } from "@runweir/tracking-web/run";
