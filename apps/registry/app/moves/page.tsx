export { default } from "@runweir/registry-web/moves";
