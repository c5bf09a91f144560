export { default } from "@runweir/review-web/policies";
