export { NotFoundPage as default } from "@runweir/web-shell";
