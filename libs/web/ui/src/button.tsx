"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { classNames } from "./class-names.ts";
import { Tooltip } from "./tooltip.tsx";

const looks = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border text-sm transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50",
  {
    variants: {
      variant: {
        secondary: "border-line bg-surface text-ink hover:bg-hover data-[state=open]:bg-hover",
        primary: "border-transparent bg-accent font-medium text-accent-ink hover:opacity-90",
        ghost:
          "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover",
        danger: "border-line bg-surface text-bad hover:border-transparent hover:bg-bad-soft",
        dangerPrimary: "border-transparent bg-bad font-medium text-surface hover:opacity-90",
      },
      size: { md: "h-control px-2.5", lg: "h-8 px-3", icon: "h-control w-7 px-0" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, VariantProps<typeof looks> {
  /** Wear the button's looks on the one child, for links. */
  readonly asChild?: boolean;
  /** An action is under way: the button stays its size, says so to screen readers and cannot be pressed. */
  readonly busy?: boolean;
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  asChild,
  busy,
  icon,
  variant,
  size,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const style = classNames(looks({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={style}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <BusyMark /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "size" | "children" | "asChild" | "aria-label"> {
  /** The name for screen readers and the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
}

export function IconButton({ label, variant = "ghost", ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <Button size="icon" variant={variant} aria-label={label} {...rest} />
    </Tooltip>
  );
}

function BusyMark() {
  return (
    <span
      aria-hidden
      className="size-3 animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  );
}
