import { CodeSnippet } from "@runweir/web-ui";

/** What a filter can say, for those whose filter finds nothing. */
export function FilterHelp() {
  return (
    <>
      <p>
        A filter compares <code>metrics.name</code>, <code>params.name</code>, <code>tags.name</code> and{" "}
        <code>attributes.status</code> with values. Text stands in quotes, a name with blanks or slashes in
        backticks.
      </p>
      <CodeSnippet code={"metrics.`val/loss` < 0.3 and params.model = 'xgb'"} />
    </>
  );
}
