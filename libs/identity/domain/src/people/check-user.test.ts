import { expect, test } from "vitest";
import { checkEmail, checkPassword, checkPersonName, checkUsername } from "./check-user.ts";

test.each(["ann", "Ann.Example+1", "ann@example.org", "安", "x".repeat(200)])("%s is a user name", (name) => {
  expect(checkUsername(name)).toBe(name);
});

test.each(["", "a b", "a:b", "a\u0000", "a\u200b", "a\n", "x".repeat(201)])("%j is no user name", (name) => {
  expect(() => checkUsername(name)).toThrow(expect.objectContaining({ field: "username" }));
});

test("addresses are kept in lower case", () => {
  expect(checkEmail(" Ann@Example.ORG ")).toBe("ann@example.org");
  for (const wrong of [
    "",
    "ann",
    "@example.org",
    "a@b@c",
    "a b@c",
    "Ann <a@b>",
    "a@b, c@d",
    `${"x".repeat(251)}@y.z`,
  ])
    expect(() => checkEmail(wrong), wrong).toThrow(expect.objectContaining({ field: "email" }));
});

test("a name is any line of text", () => {
  expect(checkPersonName("  Ann Example ")).toBe("Ann Example");
  for (const wrong of ["", "  ", "a\nb", "x".repeat(201)])
    expect(() => checkPersonName(wrong)).toThrow(expect.objectContaining({ field: "name" }));
});

test("a password is long, and nothing that is tried first; it is never repeated in words", () => {
  checkPassword("correct horse battery", ["ann"]);
  checkPassword("x1y2z3".repeat(20));
  for (const weak of [
    "",
    "short",
    "aaaaaaaaaaaa",
    "abababababab",
    "password1234",
    "ann-ann-ann1",
    "x1y2z3".repeat(22),
  ]) {
    const check = () => checkPassword(weak, ["ann", undefined]);
    expect(check, weak).toThrow(expect.objectContaining({ code: "invalid_argument", field: "password" }));
    if (weak !== "") expect(check).not.toThrow(weak);
  }
});
