export { default } from "@runweir/identity-web/sign-in";
