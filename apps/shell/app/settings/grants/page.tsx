export { default } from "@runweir/identity-web/grants";
