export { default } from "@runweir/identity-web/request-reset";
