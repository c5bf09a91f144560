export { default } from "@runweir/identity-web/groups";
