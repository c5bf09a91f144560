"use client";

import { useParams } from "next/navigation";

/** The address of a model's page. */
export function modelHref(name: string): string {
  return `/models/${encodeURIComponent(name)}`;
}

/** The address of a version's page. */
export function versionHref(name: string, version: number | string): string {
  return `${modelHref(name)}/${version}`;
}

export function compareHref(name: string, a: number, b: number): string {
  return `${modelHref(name)}/compare?a=${a}&b=${b}`;
}

/** The model, and on a version's page the version, that the address names; Next.js hands both over as they are written there. */
export function useModelAddress(): { readonly name: string; readonly version: string } {
  const { name = "", version = "" } = useParams<{ name?: string; version?: string }>();
  return { name: decode(name), version: decode(version) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Typed by hand, with a lone %: no name that is there.
    return part;
  }
}
