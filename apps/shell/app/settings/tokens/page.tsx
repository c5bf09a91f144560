export { default } from "@runweir/identity-web/tokens";
