import hljs from "highlight.js/lib/common";

const languages: Readonly<Record<string, string>> = {
  py: "python",
  pyi: "python",
  js: "javascript",
  mjs: "javascript",
  jsx: "javascript",
  ts: "typescript",
  tsx: "typescript",
  sh: "bash",
  bash: "bash",
  yml: "yaml",
  yaml: "yaml",
  json: "json",
  ipynb: "json",
  toml: "ini",
  ini: "ini",
  cfg: "ini",
  xml: "xml",
  css: "css",
  sql: "sql",
  r: "r",
  rs: "rust",
  go: "go",
  java: "java",
  c: "c",
  h: "c",
  cpp: "cpp",
  cc: "cpp",
  cs: "csharp",
  rb: "ruby",
  php: "php",
  kt: "kotlin",
  swift: "swift",
  lua: "lua",
  pl: "perl",
  diff: "diff",
  patch: "diff",
  makefile: "makefile",
};

/** Colouring longer texts would hold the page up for no reader's good. */
const lengthMax = 200_000;

/** The text as escaped HTML with spans of the classes `hljs-*`, or undefined when it is shown plainly. */
export function highlightCode(name: string, text: string): string | undefined {
  const language = languages[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];
  if (language === undefined || text.length > lengthMax) return undefined;
  return hljs.highlight(text, { language, ignoreIllegals: true }).value;
}
