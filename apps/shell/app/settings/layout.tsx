export { SettingsLayout as default } from "@runweir/identity-web/settings";
