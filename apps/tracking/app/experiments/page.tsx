export { default } from "@runweir/tracking-web/experiments";
