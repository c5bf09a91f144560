export type SnippetLanguage = "python" | "typescript" | "curl";

/** By an alias, which may move, or a version, which does not. */
export type Asked = { readonly alias: string } | { readonly version: number };

/** Code that gets a model from this server. Names come from people, so each language quotes them in its own way. */
export function loadSnippet(
  language: SnippetLanguage,
  { origin, name, of }: { readonly origin: string; readonly name: string; readonly of: Asked },
): string {
  const query = new URLSearchParams({ name, ...("alias" in of ? of : { version: String(of.version) }) });
  const path = "alias" in of ? "registered-models/alias" : "model-versions/get";
  const url = `${origin}/api/2.0/mlflow/${path}?${query}`;
  switch (language) {
    case "python": {
      const uri = "alias" in of ? `models:/${name}@${of.alias}` : `models:/${name}/${of.version}`;
      return [
        "import mlflow",
        `mlflow.set_tracking_uri(${JSON.stringify(origin)})`,
        `model = mlflow.pyfunc.load_model(${JSON.stringify(uri)})`,
        "model.predict(data)",
      ].join("\n");
    }
    case "typescript":
      return [
        `const answer = await fetch(${JSON.stringify(url)});`,
        "const { model_version } = await answer.json();",
        "console.log(model_version.version, model_version.source);",
      ].join("\n");
    case "curl":
      return `curl '${url.replaceAll("'", "%27")}'`;
  }
}
