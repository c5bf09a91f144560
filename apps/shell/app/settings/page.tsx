export { default } from "@runweir/identity-web/members";
