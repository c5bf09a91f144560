export { SettingsLayout } from "../settings/settings-layout.tsx";
