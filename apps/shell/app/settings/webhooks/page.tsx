export { default } from "@runweir/webhooks-web/webhooks";
