"use client";

import { ZoneLink } from "@runweir/web-zones/link";
import { Fragment, type ReactNode } from "react";

export interface Crumb {
  readonly label: ReactNode;
  readonly href: string;
}

/** The line under the bar: where one is, what it is, what can be done with it. */
export function PageHeader({
  crumbs = [],
  mark,
  title,
  badges,
  children,
}: {
  readonly crumbs?: readonly Crumb[];
  /** Before the title: a run's dot. */
  readonly mark?: ReactNode;
  readonly title: ReactNode;
  readonly badges?: ReactNode;
  /** Buttons on the right. */
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1.5 px-4 pt-2.5 pb-1.5">
      {crumbs.length > 0 && (
        <nav aria-label="Breadcrumb" className="flex min-w-0 flex-wrap items-center gap-1 text-ink-3">
          {crumbs.map((crumb) => (
            <Fragment key={crumb.href}>
              <ZoneLink href={crumb.href} className="max-w-60 truncate rounded-sm hover:text-ink">
                {crumb.label}
              </ZoneLink>
              <span aria-hidden>/</span>
            </Fragment>
          ))}
        </nav>
      )}
      {/* Together, so that a long title takes its mark along to the next line. */}
      <div className="flex min-w-0 items-center gap-2">
        {mark}
        <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
      </div>
      {badges}
      <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>
    </header>
  );
}
