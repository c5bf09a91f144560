export { default } from "@runweir/registry-web/model";
