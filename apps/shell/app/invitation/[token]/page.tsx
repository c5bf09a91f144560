export { default } from "@runweir/identity-web/invitation";
