export { default } from "@runweir/identity-web/service-account";
