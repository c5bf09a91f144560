export { default } from "@runweir/analytics-web/workbench";
