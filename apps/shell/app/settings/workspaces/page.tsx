export { default } from "@runweir/identity-web/workspaces";
