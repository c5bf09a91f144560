/** Two waves over a weir. */
export function RunweirMark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden className="shrink-0">
      <path
        d="M1 5c3 0 3 3 5.3 3S9.7 5 12 5s2.7 3 5 3M1 11c3 0 3 3 5.3 3s3.4-3 5.7-3 2.7 3 5 3"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
