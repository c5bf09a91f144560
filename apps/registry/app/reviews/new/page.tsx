export { default } from "@runweir/review-web/open";
