import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

/** One import as written: who imports what, and whether only types cross. */
export interface Import {
  /** Path from the repository root, with forward slashes. */
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** The file it resolves to when it is one of ours, from the repository root. */
  readonly target: string | undefined;
}

export interface Package {
  readonly name: string;
  readonly folder: string;
  readonly scope: string;
  readonly layer: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly declared: ReadonlySet<string>;
}

export interface ImportGraph {
  readonly packages: readonly Package[];
  readonly files: readonly string[];
  readonly imports: readonly Import[];
  packageOf(file: string): Package | undefined;
}

interface Manifest {
  readonly name: string;
  readonly exports?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly nx?: { readonly tags?: readonly string[] };
}

const workspaces = ["apps/*", "libs/*/*", "tools/*", "e2e/*"];

/** Reads every source file of every workspace with TypeScript's own parser; no build, no cache, no tool's opinion. */
export function readImportGraph(root: string): ImportGraph {
  const packages = workspaces
    .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
    .map((file) => readPackage(root, file))
    .sort((a, b) => b.folder.length - a.folder.length);
  const files = packages
    .flatMap(({ folder }) => globSync(`${folder}/**/*.{ts,tsx,mts}`, { cwd: root, exclude: isGenerated }))
    .map((file) => file.split(sep).join("/"))
    .filter((file) => !file.endsWith(".d.ts"))
    .sort();
  const byName = new Map(packages.map((entry) => [entry.name, entry]));
  const imports = files.flatMap((file) => readImports(root, file, byName));
  return {
    packages,
    files,
    imports,
    packageOf: (file) => packages.find(({ folder }) => file.startsWith(`${folder}/`)),
  };
}

function isGenerated(path: string): boolean {
  return /(^|[\\/])(node_modules|\.next|\.nx|\.cache)([\\/]|$)/.test(path);
}

function readPackage(root: string, file: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest;
  const tag = (kind: string) =>
    manifest.nx?.tags?.find((entry) => entry.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? "";
  return {
    name: manifest.name,
    folder: dirname(file).split(sep).join("/"),
    scope: tag("scope"),
    layer: tag("layer"),
    exports: manifest.exports ?? {},
    declared: new Set([
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.devDependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
    ]),
  };
}

function readImports(root: string, file: string, packages: ReadonlyMap<string, Package>): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    false,
  );
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    found.push({
      file,
      specifier: specifier.text,
      typeOnly,
      target: resolveImport(root, file, specifier.text, packages),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyExport(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnlyImport(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.every((element) => element.isTypeOnly);
}

function isTypeOnlyExport(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  return (
    clause !== undefined &&
    ts.isNamedExports(clause) &&
    clause.elements.every((element) => element.isTypeOnly)
  );
}

function resolveImport(
  root: string,
  file: string,
  specifier: string,
  packages: ReadonlyMap<string, Package>,
): string | undefined {
  if (specifier.startsWith(".")) {
    const path = relative(root, resolve(root, dirname(file), specifier))
      .split(sep)
      .join("/");
    return [path, `${path}.ts`, `${path}.tsx`].find((candidate) => existsSync(join(root, candidate)));
  }
  const name = specifier.split("/").slice(0, 2).join("/");
  const owner = packages.get(name);
  if (!owner) return undefined;
  const entry = owner.exports[specifier === name ? "." : `.${specifier.slice(name.length)}`];
  return entry === undefined ? undefined : `${owner.folder}/${entry.replace(/^\.\//, "")}`;
}
