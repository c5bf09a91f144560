export { default } from "@runweir/identity-web/explain";
