"use client";

import { Button, CodeSnippet, Dialog, useOrigin } from "@runweir/web-ui";

/** A link to hand to somebody: the only time that it is seen. */
export function IssuedLink({
  title,
  link,
  onClose,
}: {
  readonly title: string;
  readonly link: { readonly path: string; readonly isSent: boolean };
  readonly onClose: () => void;
}) {
  const origin = useOrigin();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      description={
        link.isSent
          ? "It went out by e-mail. It works once, and is not shown again."
          : "Hand it over yourself: no e-mail went out. It works once, and is not shown again."
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CodeSnippet label="link" code={`${origin}${link.path}`} />
    </Dialog>
  );
}
