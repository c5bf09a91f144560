export { default } from "@runweir/registry-web/compare";
