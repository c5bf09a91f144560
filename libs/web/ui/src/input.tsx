"use client";

import { Search, X } from "lucide-react";
import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names.ts";

const looks =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-3 hover:border-ink-3 disabled:opacity-50 aria-invalid:border-bad";

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Set in the figures' face, for names, numbers and queries. */
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function Input({ className, mono, ...rest }: InputProps) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      className={classNames(looks, "h-control", mono && "font-mono", className)}
      {...rest}
    />
  );
}

export interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

export function Textarea({ className, mono, ...rest }: TextareaProps) {
  return (
    <textarea
      className={classNames(looks, "min-h-24 py-1.5 leading-5", mono && "font-mono", className)}
      {...rest}
    />
  );
}

export interface SearchInputProps extends Omit<InputProps, "value" | "onChange" | "type" | "aria-label"> {
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** Escape empties it first, then leaves it. */
export function SearchInput({
  label,
  value,
  onValueChange,
  className,
  onKeyDown,
  ...rest
}: SearchInputProps) {
  return (
    <div className={classNames("relative flex items-center", className)}>
      <Search aria-hidden className="pointer-events-none absolute left-2 size-3.5 text-ink-3" />
      <Input
        aria-label={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key !== "Escape") return;
          if (value === "") event.currentTarget.blur();
          else onValueChange("");
        }}
        className="px-7"
        {...rest}
      />
      {value !== "" && (
        <button
          type="button"
          aria-label="Clear"
          className="absolute right-1 grid size-5 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
          onClick={() => onValueChange("")}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
