export { default } from "@runweir/notifications-web/notifications";
