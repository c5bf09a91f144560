/**
 * What is served of the sign-in library and of our additions to it, below `/api/auth`; everything else it could do is not
 * there. Nothing but the way back from an identity provider changes anything by GET, and that one carries its own proof.
 */
export const signInRoutes = [
  { method: "GET", path: "/choices" },
  { method: "POST", path: "/sign-in" },
  { method: "POST", path: "/sign-out" },
  { method: "POST", path: "/link" },
  { method: "POST", path: "/welcome" },
  { method: "POST", path: "/invitation" },
  { method: "POST", path: "/reset" },
  { method: "POST", path: "/request-reset" },
  { method: "POST", path: "/sign-in/social" },
  { method: "GET", path: "/callback/:id" },
] as const;
