export { default } from "@runweir/tracking-web/logged-model";
