export { default } from "@runweir/tracking-web/experiment";
