export { default } from "@runweir/review-web/inbox";
