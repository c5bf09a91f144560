export { default } from "@runweir/registry-web/plan-move";
