export { default } from "@runweir/review-web/request";
