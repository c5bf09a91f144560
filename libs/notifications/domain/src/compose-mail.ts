import type { Notice } from "./notice.ts";

const subjectMax = 120;
const linesMax = 50;

/** One notice as an e-mail of its own, or all that a person is to be told in one. Titles come from people: one line each. */
export function composeMail(
  notices: readonly Pick<Notice, "line" | "requestId" | "model">[],
  publicUrl: string,
): { readonly subject: string; readonly text: string } {
  const entries = notices.slice(0, linesMax).map(({ line, requestId, model }) => {
    const about = model === undefined ? "" : ` (${oneLine(model)})`;
    return `${oneLine(line)}${about}\n${new URL(`/reviews/${requestId}`, publicUrl).href}`;
  });
  const left = notices.length - entries.length;
  const [first] = notices;
  const subject =
    notices.length === 1 && first !== undefined ? oneLine(first.line) : `${notices.length} news from Runweir`;
  return {
    subject: subject.length > subjectMax ? `${subject.slice(0, subjectMax - 1).toWellFormed()}…` : subject,
    text: [
      ...entries,
      ...(left > 0 ? [`And ${left} more: ${new URL("/reviews", publicUrl).href}`] : []),
      `Choose what you are told: ${new URL("/settings/notifications", publicUrl).href}`,
    ].join("\n\n"),
  };
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
