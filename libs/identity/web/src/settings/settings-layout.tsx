"use client";

import { classNames } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

const pages = [
  { href: "/settings", label: "Members" },
  { href: "/settings/grants", label: "Roles and grants" },
  { href: "/settings/explain", label: "Explain access" },
  { href: "/settings/groups", label: "Groups" },
  { href: "/settings/service-accounts", label: "Service accounts" },
  { href: "/settings/workspaces", label: "Workspaces" },
  { href: "/settings/people", label: "People" },
  { href: "/settings/audit", label: "Audit log" },
];

/** What is set up here, beside each other; a row that scrolls where there is no room at the side. */
export function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const pathname = usePathname() ?? "";
  return (
    <div className="flex min-h-full flex-col md:flex-row">
      <nav
        aria-label="Settings"
        className="flex shrink-0 gap-0.5 overflow-x-auto border-line px-3 py-2 max-md:border-b md:w-44 md:flex-col md:border-r md:py-3"
      >
        {pages.map(({ href, label }) => (
          <ZoneLink
            key={href}
            href={href}
            aria-current={pathname === href ? "page" : undefined}
            className={classNames(
              "rounded-md px-2.5 py-1 text-sm whitespace-nowrap",
              pathname === href ? "bg-hover font-semibold text-ink" : "text-ink-2 hover:text-ink",
            )}
          >
            {label}
          </ZoneLink>
        ))}
      </nav>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
