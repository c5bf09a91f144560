"use client";

import { useEffect } from "react";

/** The tab's title; undefined leaves it as it is while the name is not known yet. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Runweir`;
  }, [title]);
}
