"use client";

import { classNames } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { IdentityApiProvider } from "../identity-api.ts";
import { useCurrent } from "./use-current.ts";

interface Entry {
  readonly href: string;
  readonly label: string;
  /** For administrators of the server only. */
  readonly isTheirs?: true;
}

const ofWorkspace: readonly Entry[] = [
  { href: "/settings", label: "Members" },
  { href: "/settings/grants", label: "Roles and grants" },
  { href: "/settings/explain", label: "Explain access" },
  { href: "/settings/notifications", label: "Notifications" },
  { href: "/settings/webhooks", label: "Webhooks" },
  { href: "/settings/audit", label: "Audit log" },
];
const ofServer: readonly Entry[] = [
  { href: "/settings/workspaces", label: "Workspaces" },
  { href: "/settings/groups", label: "Groups" },
  { href: "/settings/service-accounts", label: "Service accounts" },
  { href: "/settings/people", label: "People", isTheirs: true },
  { href: "/settings/tokens", label: "Tokens", isTheirs: true },
];

/** What is set up here, beside each other; a row that scrolls where there is no room at the side. */
export function SettingsLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-full flex-col md:flex-row">
      <IdentityApiProvider>
        <SettingsNav />
      </IdentityApiProvider>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

function SettingsNav() {
  const current = useCurrent();
  const nav = useRef<HTMLElement>(null);
  const pathname = usePathname() ?? "";
  // Where the row scrolls, the page that one is on may be out of sight.
  useEffect(() => {
    const here = nav.current?.querySelector<HTMLElement>(`[href="${CSS.escape(pathname)}"]`);
    here?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label="Settings"
      className="flex shrink-0 gap-0.5 overflow-x-auto border-line px-3 py-2 max-md:border-b md:w-46 md:flex-col md:border-r md:py-3"
    >
      <NavTitle>{current === undefined ? "Workspace" : `Workspace ${current.workspace}`}</NavTitle>
      <NavEntries entries={ofWorkspace} pathname={pathname} />
      <NavTitle className="md:pt-4">Server</NavTitle>
      <NavEntries
        entries={ofServer.filter(({ isTheirs }) => !isTheirs || current?.isAdministrator !== false)}
        pathname={pathname}
      />
    </nav>
  );
}

function NavTitle({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return (
    <p className={classNames("truncate px-2.5 pb-1 text-xs text-ink-3 max-md:hidden", className)}>
      {children}
    </p>
  );
}

function NavEntries({
  entries,
  pathname,
}: {
  readonly entries: readonly Entry[];
  readonly pathname: string;
}) {
  return entries.map(({ href, label }) => {
    const isHere = pathname === href || (href !== "/settings" && pathname.startsWith(`${href}/`));
    return (
      <ZoneLink
        key={href}
        href={href}
        aria-current={isHere ? "page" : undefined}
        className={classNames(
          "rounded-md px-2.5 py-1 text-sm whitespace-nowrap",
          isHere ? "bg-hover font-semibold text-ink" : "text-ink-2 hover:text-ink",
        )}
      >
        {label}
      </ZoneLink>
    );
  });
}
