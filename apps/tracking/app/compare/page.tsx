export { default } from "@runweir/tracking-web/compare";
