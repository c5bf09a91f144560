import { expect, test } from "vitest";
import { attachment } from "./attachment.ts";

test.each([
  ["model.pkl", "attachment; filename=model.pkl"],
  ["my model.pkl", 'attachment; filename="my model.pkl"'],
  ['a"b\\c;d', 'attachment; filename="a\\"b\\\\c;d"'],
  ["größe.csv", "attachment; filename=groe.csv; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv"],
  ["日本語", "attachment; filename=download; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E"],
  [
    "x\r\nSet-Cookie: a",
    "attachment; filename=\"xSet-Cookie: a\"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a",
  ],
])("%j", (name, header) => {
  expect(attachment(name)).toBe(header);
});
