import "./route-declaration.ts";
