export { default } from "@runweir/registry-web/move";
