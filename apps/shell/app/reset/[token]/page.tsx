export { default } from "@runweir/identity-web/reset";
