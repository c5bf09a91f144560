export { default } from "@runweir/registry-web/models";
