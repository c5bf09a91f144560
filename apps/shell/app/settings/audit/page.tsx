export { default } from "@runweir/identity-web/audit";
