"use client";

import { classNames } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { usePathname } from "next/navigation";

const links = [
  {
    href: "/experiments",
    label: "Experiments",
    paths: ["/experiments", "/runs", "/logged-models", "/compare"],
  },
  { href: "/models", label: "Models", paths: ["/models", "/moves", "/reviews"] },
  { href: "/sql", label: "SQL", paths: ["/sql"] },
];

export function NavLinks() {
  const pathname = usePathname() ?? "/";
  return (
    <nav aria-label="Main" className="flex items-center gap-1">
      {links.map(({ href, label, paths }) => {
        const here = paths.some((path) => pathname === path || pathname.startsWith(`${path}/`));
        return (
          <ZoneLink
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className={classNames(
              "rounded-md px-2.5 py-1 max-sm:px-1.5",
              here ? "bg-hover font-semibold text-ink" : "text-ink-2 hover:text-ink",
            )}
          >
            {label}
          </ZoneLink>
        );
      })}
    </nav>
  );
}
