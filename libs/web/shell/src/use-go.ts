"use client";

import { zoneOf } from "@runweir/web-zones";
import { usePathname, useRouter } from "next/navigation";

/** Goes to a page of any zone: softly inside a zone, by a full load across. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  const pathname = usePathname() ?? "/";
  return (href) => {
    if (zoneOf(pathname) === zoneOf(href)) router.push(href);
    else window.location.assign(href);
  };
}
