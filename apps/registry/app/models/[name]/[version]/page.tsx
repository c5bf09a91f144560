export { default } from "@runweir/registry-web/version";
