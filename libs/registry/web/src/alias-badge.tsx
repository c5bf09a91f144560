import { Badge } from "@runweir/web-ui";

/** An alias, and where it is not plain from the place, the version that it points at. */
export function AliasBadge({ alias, version }: { readonly alias: string; readonly version?: number }) {
  return (
    <Badge tone="accent" title={version === undefined ? `@${alias}` : `@${alias} is version ${version}`}>
      <span className="truncate">@{alias}</span>
      {version !== undefined && <span className="num text-xs">{version}</span>}
    </Badge>
  );
}
