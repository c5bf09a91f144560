export { default } from "@runweir/identity-web/welcome";
