export { default } from "@runweir/identity-web/group";
