export { default } from "@runweir/identity-web/account";
