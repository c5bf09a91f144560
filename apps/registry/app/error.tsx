"use client";

export { ErrorPage as default } from "@runweir/web-shell";
