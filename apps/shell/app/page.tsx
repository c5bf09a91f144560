export { HomePage as default } from "@runweir/web-shell";
