import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** The MLflow client for Java against a server: `java -cp 'jars/*' ClientTests.java URL`. Prints a line per test and the counts. */
public final class ClientTests {
  private interface Work {
    void run() throws Exception;
  }

  private static int passed = 0;
  private static int failed = 0;

  public static void main(String[] arguments) {
    String username = System.getenv("MLFLOW_TRACKING_USERNAME");
    String password = System.getenv("MLFLOW_TRACKING_PASSWORD");
    // Told an address, the client looks for no credentials.
    MlflowClient client =
        new MlflowClient(
            username == null
                ? new BasicMlflowHostCreds(arguments[0])
                : new BasicMlflowHostCreds(arguments[0], username, password));
    test("a run from its start to its end", () -> aRunFromItsStartToItsEnd(client));
    test("values that JSON has no number for", () -> valuesThatJsonHasNoNumberFor(client));
    test("a batch as large as it may be, sent twice", () -> aBatchAsLargeAsItMayBe(client));
    test("a search, page by page and in order", () -> aSearchPageByPage(client));
    test("runs and experiments into the trash and back", () -> intoTheTrashAndBack(client));
    test("the fluent interface", () -> theFluentInterface(client));
    test("artifacts up, listed and down", () -> artifactsUpAndDown(client));
    test("a version registered, moved and found", () -> aVersionRegisteredMovedAndFound(client));
    test("refusals come as what they are", () -> refusalsComeAsWhatTheyAre(client));
    if (username != null)
      test("whoever cannot say who they are is refused", () -> strangersAreRefused(arguments[0]));
    client.close();
    System.out.println("java client: " + passed + " passed, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static void aRunFromItsStartToItsEnd(MlflowClient client) {
    String experiment = client.createExperiment(unique("java"));
    client.setExperimentTag(experiment, "team", "ü");
    equal("ü", client.getExperiment(experiment).getTags(0).getValue());
    RunInfo info =
        client.createRun(
            CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setStartTime(1_790_000_000_123L)
                .setUserId("ann")
                .setRunName("first")
                .build());
    String run = info.getRunId();
    equal(RunStatus.RUNNING, info.getStatus());
    client.logParam(run, "lr", "1e-3");
    client.logMetric(run, "loss", 0.5, 1_790_000_000_200L, 1);
    client.logMetric(run, "loss", 0.25, 1_790_000_000_300L, 2);
    client.setTag(run, "note", "line\nbreak");
    client.setTag(run, "gone", "x");
    client.deleteTag(run, "gone");
    client.setTerminated(run, RunStatus.FINISHED, 1_790_000_009_999L);
    Run got = client.getRun(run);
    equal("first", got.getInfo().getRunName());
    equal(1_790_000_000_123L, got.getInfo().getStartTime());
    equal(1_790_000_009_999L, got.getInfo().getEndTime());
    equal(RunStatus.FINISHED, got.getInfo().getStatus());
    equal("1e-3", got.getData().getParams(0).getValue());
    equal(0.25, got.getData().getMetrics(0).getValue());
    equal(2L, got.getData().getMetrics(0).getStep());
    equal(List.of("note"), tagsOf(got).stream().filter(key -> !key.startsWith("mlflow.")).toList());
    equal(2, client.getMetricHistory(run, "loss").size());
  }

  private static void valuesThatJsonHasNoNumberFor(MlflowClient client) {
    String run = client.createRun("0").getRunId();
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 1e308};
    for (int i = 0; i < values.length; i++) client.logMetric(run, "odd", values[i], 1_000L + i, i);
    List<Metric> history = client.getMetricHistory(run, "odd");
    equal(values.length, history.size());
    for (int i = 0; i < values.length; i++) {
      // MLflow's server keeps infinities as the greatest finite number; ours keeps them, its protocol has words for them. The
      // sign of a zero is lost on the way back: JSON has it, JavaScript does not print it.
      equal(values[i] + 0.0, history.get(i).getValue());
      equal((long) i, history.get(i).getStep());
    }
  }

  private static void aBatchAsLargeAsItMayBe(MlflowClient client) {
    String run = client.createRun("0").getRunId();
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < 998; i++)
      metrics.add(
          Metric.newBuilder().setKey("m/" + i % 10).setValue(i / 8.0).setTimestamp(1_000 + i).setStep(i / 10).build());
    List<Param> params = List.of(Param.newBuilder().setKey("depth").setValue("3").build());
    List<RunTag> tags = List.of(RunTag.newBuilder().setKey("kind").setValue("batch").build());
    client.logBatch(run, metrics, params, tags);
    // A batch that was sent twice is there once.
    client.logBatch(run, metrics, params, tags);
    equal(10, client.getRun(run).getData().getMetricsCount());
    List<Metric> history = client.getMetricHistory(run, "m/7");
    equal(100, history.size());
    equal(997 / 8.0, history.get(99).getValue());
  }

  private static void aSearchPageByPage(MlflowClient client) {
    String experiment = client.createExperiment(unique("search"));
    for (int i = 0; i < 25; i++) {
      String run = client.createRun(experiment).getRunId();
      client.logMetric(run, "acc", i);
      client.logParam(run, "parity", i % 2 == 0 ? "even" : "odd");
    }
    List<Double> found = new ArrayList<>();
    RunsPage page =
        client.searchRuns(
            List.of(experiment), "params.parity = 'odd' and metrics.acc > 4", ViewType.ACTIVE_ONLY, 4, List.of("metrics.acc DESC"));
    while (true) {
      for (Run run : page.getItems()) found.add(run.getData().getMetrics(0).getValue());
      if (!page.hasNextPage()) break;
      page = (RunsPage) page.getNextPage();
    }
    equal(List.of(23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0), found);
  }

  private static void intoTheTrashAndBack(MlflowClient client) {
    String name = unique("trash");
    String experiment = client.createExperiment(name);
    String run = client.createRun(experiment).getRunId();
    client.deleteRun(run);
    equal(0, client.searchRuns(List.of(experiment), "").size());
    equal(1, client.searchRuns(List.of(experiment), "", ViewType.DELETED_ONLY).size());
    client.restoreRun(run);
    equal(1, client.searchRuns(List.of(experiment), "").size());
    client.renameExperiment(experiment, name + " again");
    equal(experiment, client.getExperimentByName(name + " again").orElseThrow().getExperimentId());
    equal(false, client.getExperimentByName(name).isPresent());
    client.deleteExperiment(experiment);
    equal("deleted", client.getExperiment(experiment).getLifecycleStage());
    client.restoreExperiment(experiment);
    equal("active", client.getExperiment(experiment).getLifecycleStage());
  }

  private static void theFluentInterface(MlflowClient client) {
    MlflowContext context = new MlflowContext(client);
    context.setExperimentId(client.createExperiment(unique("fluent")));
    ActiveRun parent = context.startRun("parent");
    ActiveRun child = context.startRun("child", parent.getId());
    child.logMetric("loss", 1.5);
    child.logParam("a", "b");
    child.endRun();
    parent.endRun(RunStatus.FAILED);
    equal(RunStatus.FAILED, client.getRun(parent.getId()).getInfo().getStatus());
    equal(true, tagsOf(client.getRun(child.getId())).contains("mlflow.parentRunId"));
  }

  /** The client for Java leaves files to MLflow's command line, which has to be on the path. */
  private static void artifactsUpAndDown(MlflowClient client) throws Exception {
    String run = client.createRun("0").getRunId();
    Path file = Files.createTempFile("runweir", ".txt");
    Files.writeString(file, "content");
    client.logArtifact(run, file.toFile(), "folder");
    equal("folder/" + file.getFileName(), client.listArtifacts(run, "folder").get(0).getPath());
    File downloaded = client.downloadArtifacts(run, "folder/" + file.getFileName());
    equal("content", Files.readString(downloaded.toPath()));
    Files.delete(file);
  }

  private static void aVersionRegisteredMovedAndFound(MlflowClient client) throws Exception {
    // The client asks for the files of `models:/<name>/<version>` with its name encoded, which MLflow's command line takes as it is.
    String name = unique("model").replace(" ", "-");
    RunInfo run = client.createRun("0");
    client.logParam(run.getRunId(), "depth", "6");
    client.logMetric(run.getRunId(), "auc", 0.9);
    Path file = Files.createTempFile("runweir", ".txt");
    Files.writeString(file, "weights");
    client.logArtifact(run.getRunId(), file.toFile(), "model");
    client.setTerminated(run.getRunId());
    client.sendPost("registered-models/create", json("name", name));
    for (int i = 0; i < 2; i++)
      client.sendPost(
          "model-versions/create",
          json("name", name, "source", run.getArtifactUri() + "/model", "run_id", run.getRunId()));
    client.sendPost(
        "model-versions/transition-stage", json("name", name, "version", "1", "stage", "Production", "archive_existing_versions", "false"));
    List<ModelVersion> latest = client.getLatestVersions(name);
    equal(List.of("1", "2"), latest.stream().map(ModelVersion::getVersion).sorted().toList());
    equal("Production", client.getModelVersion(name, "1").getCurrentStage());
    equal(List.of("1"), client.getLatestVersions(name, List.of("Production")).stream().map(ModelVersion::getVersion).toList());
    client.sendPost(
        "model-versions/transition-stage", json("name", name, "version", "2", "stage", "Production", "archive_existing_versions", "true"));
    equal("Archived", client.getModelVersion(name, "1").getCurrentStage());
    equal(List.of("2"), client.getLatestVersions(name, List.of("Production")).stream().map(ModelVersion::getVersion).toList());
    equal(run.getArtifactUri() + "/model", client.getModelVersionDownloadUri(name, "2"));
    Path loaded = client.downloadLatestModelVersion(name, "Production").toPath();
    equal("weights", Files.readString(loaded.resolve(file.getFileName())));
    Files.delete(file);
    Run made = client.getRun(client.getModelVersion(name, "2").getRunId());
    equal(List.of("auc 0.9"), made.getData().getMetricsList().stream().map(metric -> metric.getKey() + " " + metric.getValue()).toList());
    equal(List.of("depth 6"), made.getData().getParamsList().stream().map(param -> param.getKey() + " " + param.getValue()).toList());
    equal(name, client.getRegisteredModel(name).getName());
    equal(2, client.searchModelVersions("name='" + name + "'").getItems().size());
  }

  private static void refusalsComeAsWhatTheyAre(MlflowClient client) {
    equal(404, statusOf(() -> client.getRun("0123456789abcdef0123456789abcdef")));
    equal(404, statusOf(() -> client.getExperiment("123456789")));
    equal(400, statusOf(() -> client.searchRuns(List.of("0"), "metrics.acc >")));
    String name = unique("twice");
    client.createExperiment(name);
    equal(400, statusOf(() -> client.createExperiment(name)));
    String run = client.createRun("0").getRunId();
    client.logParam(run, "a", "1");
    equal(400, statusOf(() -> client.logParam(run, "a", "2")));
  }

  private static void strangersAreRefused(String url) {
    MlflowClient wrong = new MlflowClient(new BasicMlflowHostCreds(url, "ada", "not the password"));
    equal(401, statusOf(() -> wrong.createRun("0")));
    MlflowClient noToken = new MlflowClient(new BasicMlflowHostCreds(url, "rw_nothing_of_ours"));
    equal(401, statusOf(() -> noToken.getExperiment("0")));
    MlflowClient nobody = new MlflowClient(new BasicMlflowHostCreds(url));
    equal(401, statusOf(() -> nobody.searchRuns(List.of("0"), "")));
  }

  private static int statusOf(Work work) {
    try {
      work.run();
      return 200;
    } catch (MlflowHttpException refusal) {
      return refusal.getStatusCode();
    } catch (Exception other) {
      throw new IllegalStateException(other);
    }
  }

  private static List<String> tagsOf(Run run) {
    return run.getData().getTagsList().stream().map(RunTag::getKey).toList();
  }

  private static String json(String... pairs) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2)
      fields.add(
          "\"" + pairs[i] + "\": " + (List.of("true", "false").contains(pairs[i + 1]) ? pairs[i + 1] : "\"" + pairs[i + 1] + "\""));
    return "{" + String.join(", ", fields) + "}";
  }

  private static String unique(String name) {
    return name + " " + UUID.randomUUID();
  }

  private static void equal(Object expected, Object found) {
    if (!Objects.equals(expected, found))
      throw new AssertionError("expected " + expected + ", found " + found);
  }

  private static void test(String name, Work work) {
    try {
      work.run();
      passed += 1;
      System.out.println("ok      " + name);
    } catch (Throwable problem) {
      failed += 1;
      System.out.println("FAILED  " + name + ": " + problem);
      problem.printStackTrace(System.out);
    }
  }

  private ClientTests() {}
}
