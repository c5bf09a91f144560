import { expect, type Page } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

/** A third of a second of WebM, 16 pixels wide, as Chromium recorded it from a canvas. */
const clip = [
  "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAAH7EU2bdLlNu4tTq4QVSalmU6yBbk27i1Or",
  "hBZUrmtTrIGTTbuLU6uEH0O2dVOsgdRNu4xTq4QcU7trU6yCAensrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  "AAAAAAAAAAAAAAAAAAAVSalmoCrXsYMPQkBEiYRDW4m6TYCGQ2hyb21lV0GGQ2hyb21lFlSua7yuuteBAXPFhyIeVr5WDCmD",
  "gQFV7oEBhoVWX1ZQOOCdsIEQuoEQU8CBAVWwkFWxgQFVuYECVbqBDVW7gQEfQ7Z1AQAAAAAAAQnngQCg5aG6gQAAALACAJ0B",
  "KhAAEAAABwiFhYiZhIgBJBATrVAfwBBn7iD++ecD/yU1/jblq//j+f8fz/j+f/x54HWhpqak7oEBpZ8QAgCdASoQABAAAAcI",
  "hYWImYSIASQQAGBrAP7/uoMAoM+hroEAbwCxAQAAEAkgAMABgf+gYAd4/vdZL/+Mk/xkn+Mk//GSf/v9V7+q9/Vf7Qh1oZmm",
  "l+6BAaWS0QEAABAJIADAAMLBf6AAQAAA+4EAoMyhq4EA2wCxAQAAEAkgAMABgf+gYAYQ/vnnA/8lNf425av/4/n/H8/4/n/8",
  "eeB1oZmml+6BAaWS0QEAABAJIADAAMLBf6AAQAAA+4FvHFO7a427i7OBALeG94EB8YHU",
].join("");

/** Logs one artifact of every kind a viewer exists for, and prints the run's id last. */
const everyKind = `
import base64, io, json, os, struct, tempfile, wave, zlib
import mlflow, numpy as np, pandas as pd
from sklearn.linear_model import LogisticRegression

folder = tempfile.mkdtemp()
def put(name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())

def png(width, height):
    rows = b"".join(b"\\0" + bytes([30, 120, 200]) * width for _ in range(height))
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return (b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

put("kinds/picture.png", png(64, 48))
put("kinds/notes.txt", "a plain note")
put("kinds/train.py", "def fit(x):\\n    return x * 2\\n")
put("kinds/readme.md", "# A heading of the report\\n\\n* point one\\n\\n<script>document.title='owned'</script>\\n")
put("kinds/config.json", json.dumps({"optimizer": {"name": "adamw", "lr": 0.001}}))
put("kinds/scores.csv", "name,score\\nalpha,0.25\\nbeta,0.75\\n")
put("kinds/page.html", "<h1>From a page</h1><script>try{parent.document.title='owned'}catch(e){}"
    "document.body.append('script ran in '+origin)</script>")
put("kinds/paper.pdf", b"%PDF-1.1\\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\\ntrailer<</Root 1 0 R>>\\n")
sound = io.BytesIO()
with wave.open(sound, "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(8000); out.writeframes(b"\\0\\0" * 800)
put("kinds/tone.wav", sound.getvalue())
put("kinds/clip.webm", base64.b64decode("${clip}"))
put("kinds/broken.mp4", b"\\0\\0\\0\\x18ftypmp42\\0\\0\\0\\0mp42isom")
put("kinds/unknown.bin", bytes(range(256)))
pd.DataFrame({"feature": ["age", "income"], "weight": [0.5, 1.5]}).to_parquet(os.path.join(folder, "kinds/weights.parquet"))

mlflow.set_experiment("artifact-kinds")
with mlflow.start_run(run_name="every-kind") as run:
    mlflow.log_artifacts(folder)
    for step in (0, 5, 10):
        mlflow.log_image(np.full((32, 32, 3), step * 20, dtype=np.uint8), key="samples", step=step)
    mlflow.log_table({"question": ["what is it"], "answer": ["a tracking server"]}, artifact_file="answers.json")
    x = pd.DataFrame({"height": [1.0, 2.0, 3.0, 4.0], "width": [1.0, 1.0, 2.0, 2.0]})
    model = LogisticRegression().fit(x, [0, 0, 1, 1])
    mlflow.sklearn.log_model(model, name="classifier", input_example=x.head(2))
    print(run.info.run_id)
`;

let address: { experiment: string; run: string } | undefined;

async function openArtifacts(page: Page, server: string): Promise<void> {
  address ??= await logEveryKind(server);
  await page.goto(`${server}/runs/${address.run}?tab=artifacts`);
}

async function logEveryKind(server: string) {
  const output = await runPython(server, everyKind).finished;
  const run = output
    .trim()
    .split("\n")
    .findLast((line) => /^[0-9a-f]{32}$/.test(line));
  if (!run) throw new Error(`no run id in what the client printed: ${output}`);
  return { experiment: "artifact-kinds", run };
}

async function openFile(page: Page, name: string): Promise<void> {
  const tree = page.getByRole("tree");
  if (!(await tree.getByText(name, { exact: true }).isVisible()))
    await tree.getByText("kinds", { exact: true }).click();
  await tree.getByText(name, { exact: true }).click();
}

test("an image, a text, code, Markdown and JSON are shown for what they are", async ({ page, server }) => {
  await openArtifacts(page, server);
  await openFile(page, "picture.png");
  const image = page.getByRole("img", { name: /picture\.png/ });
  await expect
    .poll(() => image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth))
    .toBe(64);
  await openFile(page, "notes.txt");
  await expect(page.getByText("a plain note")).toBeVisible();
  await openFile(page, "train.py");
  await expect(page.getByText("return x * 2")).toBeVisible();
  await openFile(page, "config.json");
  await expect(page.getByText("adamw").first()).toBeVisible();
  await openFile(page, "readme.md");
  await expect(page.getByRole("heading", { name: "A heading of the report" })).toBeVisible();
  expect(await page.title()).not.toBe("owned");
});

test("CSV and Parquet are tables", async ({ page, server }) => {
  await openArtifacts(page, server);
  await openFile(page, "scores.csv");
  await expect(page.getByRole("cell", { name: "beta" })).toBeVisible();
  await openFile(page, "weights.parquet");
  await expect(page.getByRole("columnheader", { name: "feature" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "income" })).toBeVisible();
});

test("an HTML file runs apart from our own pages", async ({ page, server }) => {
  await openArtifacts(page, server);
  await openFile(page, "page.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { name: "From a page" })).toBeVisible();
  expect(await page.title()).not.toBe("owned");
});

test("PDF, sound and film have their players; anything else can be downloaded", async ({ page, server }) => {
  await openArtifacts(page, server);
  await openFile(page, "paper.pdf");
  await expect(page.locator("iframe, object, embed").first()).toBeVisible();
  await openFile(page, "tone.wav");
  await expect(page.locator("audio")).toBeVisible();
  await openFile(page, "clip.webm");
  await expect(page.locator("video")).toBeVisible();
  await openFile(page, "broken.mp4");
  await expect(page.getByRole("alert").filter({ hasText: "cannot be played" })).toBeVisible();
  await openFile(page, "unknown.bin");
  const download = page.waitForEvent("download");
  await page
    .getByRole("link", { name: /download/i })
    .first()
    .click();
  expect((await download).suggestedFilename()).toBe("unknown.bin");
});

test("logged images are browsed by step, logged tables by row, a model by its signature", async ({
  page,
  server,
}) => {
  await openArtifacts(page, server);
  await openFile(page, "answers.json");
  await expect(page.getByText("a tracking server").first()).toBeVisible();
  await page.getByRole("tab", { name: /Images/ }).click();
  await expect(page.getByText("samples").first()).toBeVisible();
  await page.getByRole("slider").first().press("End");
  await expect(page.getByText(/step 10/i).first()).toBeVisible();
  await page.getByRole("tab", { name: /Overview/ }).click();
  await page.getByRole("link", { name: "classifier" }).first().click();
  await expect(page.getByText("height").first()).toBeVisible();
});
