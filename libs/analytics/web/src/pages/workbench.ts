"use client";

export { SqlPage as default } from "../workbench/sql-page.tsx";
