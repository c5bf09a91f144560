"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether the element is on the screen or about to be; for drawing and fetching only what can be seen. */
export function useVisible<Element extends HTMLElement>(
  margin = "320px",
): readonly [RefObject<Element | null>, boolean] {
  const ref = useRef<Element>(null);
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => setVisible(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [margin]);
  return [ref, visible];
}
