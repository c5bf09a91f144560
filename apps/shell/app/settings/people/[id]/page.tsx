export { default } from "@runweir/identity-web/person";
