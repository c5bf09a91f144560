"use client";

import ReactMarkdown, { type Components } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { classNames } from "./class-names.ts";

// Headings of a note stand below the page's own, so they start one level lower and stay small.
const components: Components = {
  h1: ({ children }) => <h2 className="mt-4 text-lg font-semibold first:mt-0">{children}</h2>,
  h2: ({ children }) => <h3 className="mt-4 font-semibold first:mt-0">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-3 font-semibold first:mt-0">{children}</h4>,
  p: ({ children }) => <p className="my-2 first:mt-0 last:mb-0">{children}</p>,
  ul: ({ children }) => <ul className="my-2 list-disc pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="my-2 list-decimal pl-5">{children}</ol>,
  li: ({ children }) => <li className="my-0.5">{children}</li>,
  // What may lead nowhere has lost its address.
  a: ({ href, children }) =>
    href ? (
      <a
        href={href}
        className="text-accent underline underline-offset-2"
        rel="noreferrer nofollow"
        target="_blank"
      >
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  blockquote: ({ children }) => (
    <blockquote className="my-2 border-l-2 border-line-strong pl-3 text-ink-2">{children}</blockquote>
  ),
  pre: ({ children }) => (
    <pre className="my-2 overflow-x-auto rounded-md border border-line bg-sunken p-3 leading-5">
      {children}
    </pre>
  ),
  code: ({ children, className }) => (
    <code className={classNames("rounded-sm bg-sunken px-1", className)}>{children}</code>
  ),
  table: ({ children }) => (
    <div className="my-2 overflow-x-auto">
      <table className="text-sm">{children}</table>
    </div>
  ),
  th: ({ children }) => (
    <th className="border-b border-line-strong px-2.5 py-1.5 text-left font-semibold">{children}</th>
  ),
  td: ({ children }) => <td className="border-b border-line px-2.5 py-1.5">{children}</td>,
  hr: () => <hr className="my-4 border-line" />,
  // A picture from elsewhere would tell its host who reads the note.
  img: ({ src, alt }) => {
    // Browsers take a backslash for a slash, and two of them for another host.
    const own = typeof src === "string" && /^(\/(?![/\\])|data:image\/|blob:)/.test(src);
    if (own) return <img src={src} alt={alt ?? ""} className="my-2 max-w-full rounded-md" />;
    const text = alt || "picture";
    if (typeof src !== "string" || src === "") return <span>{text}</span>;
    return (
      <a href={src} className="text-accent underline" rel="noreferrer nofollow" target="_blank">
        {text}
      </a>
    );
  },
};

/** Markdown (GitHub's flavour) that people wrote: raw HTML is dropped and every attribute is sanitised. */
export function Markdown({ text, className }: { readonly text: string; readonly className?: string }) {
  return (
    <div className={classNames("min-w-0 max-w-180", className)}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
