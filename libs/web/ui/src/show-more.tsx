import { Button } from "./button.tsx";

/** The end of a list that comes page by page: asks for the next one. Nothing where there is none. */
export function ShowMore({
  list,
  what,
}: {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
  /** In the plural, where the page has other lists too: "members". */
  readonly what?: string;
}) {
  if (!list.hasNextPage) return null;
  return (
    <Button className="self-start" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      Show more{what === undefined ? "" : ` ${what}`}
    </Button>
  );
}
