export { default } from "@runweir/identity-web/people";
