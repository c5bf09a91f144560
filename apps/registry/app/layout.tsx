import "./globals.css";

export { metadata, viewport, ZoneLayout as default } from "@runweir/web-shell/zone-layout";
