export { LoggedModelPage as default } from "@runweir/tracking-web";
