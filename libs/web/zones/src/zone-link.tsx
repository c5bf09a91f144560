"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { AnchorHTMLAttributes, ComponentProps, ReactNode, Ref } from "react";
import { zoneOf } from "./zones.ts";

export interface ZoneLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** A path of any zone, with its query and hash. */
  readonly href: string;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link to any page: a soft navigation inside a zone, a full load across zones, as Next.js requires. */
export function ZoneLink({ href, ...rest }: ZoneLinkProps) {
  const pathname = usePathname();
  // Prefetching is off: pages hold no data, and a table of a thousand runs would ask for a thousand pages.
  if (zoneOf(pathname ?? "/") === zoneOf(href)) {
    // Both take an anchor's attributes; Link's own types only refuse an explicit undefined.
    const attributes = rest as Omit<ComponentProps<typeof Link>, "href">;
    return <Link href={href} prefetch={false} {...attributes} />;
  }
  return <a href={href} {...rest} />;
}
