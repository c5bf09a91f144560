# MLflow's client for R against a server: `Rscript client-tests.R URL`. Prints a line per test and the counts.
library(mlflow)

passed <- 0
failed <- 0

test <- function(name, work) {
  tryCatch(
    {
      # The client's notices (the root of a run's files, an experiment that it makes) are none of a test's.
      suppressMessages(work())
      passed <<- passed + 1
      cat("ok      ", name, "\n", sep = "")
    },
    error = function(problem) {
      failed <<- failed + 1
      cat("FAILED  ", name, ": ", conditionMessage(problem), "\n", sep = "")
    }
  )
}

shown <- function(value) paste(deparse(value), collapse = " ")

equal <- function(expected, found) {
  if (!identical(expected, found)) stop("expected ", shown(expected), ", found ", shown(found))
}

# What the client says of a request that was refused, with all of `parts` in it.
refused <- function(request, ...) {
  said <- tryCatch({ request; "nothing: it was accepted" }, error = conditionMessage)
  for (part in list(...)) {
    if (!grepl(part, said, fixed = TRUE)) stop("expected a refusal with ", shown(part), ", found ", said)
  }
}

unique_name <- function(name) basename(tempfile(paste0(name, "-")))

# A run's tags but for MLflow's own, as a named vector.
own_tags <- function(run) {
  tags <- run$tags[[1]]
  values <- setNames(tags$value, tags$key)
  values[!startsWith(names(values), "mlflow.")]
}

an_experiment_from_its_making_to_its_return <- function(client) {
  name <- unique_name("r")
  experiment <- mlflow_create_experiment(name, client = client, tags = list(team = "\u00fc", size = 3))
  mlflow_set_experiment_tag("stage", "first", experiment, client = client)
  got <- mlflow_get_experiment(name = name, client = client)
  equal(experiment, mlflow_id(got))
  tags <- got$tags[[1]]
  equal(c(size = "3", stage = "first", team = "\u00fc"), setNames(tags$value, tags$key)[order(tags$key)])
  again <- paste(name, "again")
  mlflow_rename_experiment(again, experiment, client = client)
  equal(again, mlflow_get_experiment(experiment, client = client)$name)
  refused(mlflow_get_experiment(name = name, client = client), "404", "RESOURCE_DOES_NOT_EXIST")
  mlflow_delete_experiment(experiment, client = client)
  equal("deleted", mlflow_get_experiment(experiment, client = client)$lifecycle_stage)
  mlflow_restore_experiment(experiment, client = client)
  equal("active", mlflow_get_experiment(experiment, client = client)$lifecycle_stage)
}

a_run_from_its_start_to_its_end <- function(client) {
  experiment <- mlflow_create_experiment(unique_name("r"), client = client)
  started <- mlflow_start_run(
    experiment_id = experiment, start_time = 1790000000123, tags = list(mlflow.user = "ann", depth = 3),
    client = client
  )
  run <- mlflow_id(started)
  equal("RUNNING", started$status)
  mlflow_log_param("lr", "1e-3", run, client)
  mlflow_log_param("nothing", NA, run, client)
  mlflow_log_metric("loss", 0.5, 1790000000200, 1, run, client)
  mlflow_log_metric("loss", 0.25, 1790000000300, 2, run, client)
  mlflow_set_tag("note", "line\nbreak", run, client)
  mlflow_set_tag("gone", "x", run, client)
  mlflow_delete_tag("gone", run, client)
  ended <- mlflow_end_run("FINISHED", 1790000009999, run, client)
  equal("FINISHED", ended$status)
  equal("ann", ended$user_id)
  equal(c(1790000000.123, 1790000009.999), round(as.numeric(c(ended$start_time, ended$end_time)), 3))
  params <- ended$params[[1]]
  equal(c(lr = "1e-3", nothing = "NA"), setNames(params$value, params$key)[order(params$key)])
  metric <- ended$metrics[[1]]
  equal(list("loss", 0.25, 2), list(metric$key, metric$value, metric$step))
  equal(c(depth = "3", note = "line\nbreak"), own_tags(ended)[c("depth", "note")])
  equal(2L, length(own_tags(ended)))
  mlflow_delete_run(run, client)
  equal("deleted", mlflow_get_run(run, client)$lifecycle_stage)
  equal("active", mlflow_restore_run(run, client)$lifecycle_stage)
}

values_that_json_has_no_number_for <- function(client) {
  run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
  values <- c(NaN, Inf, -Inf, 0, 1e308, 4.94065645841247e-324, -0.1)
  for (i in seq_along(values)) mlflow_log_metric("odd", values[i], 1000 + i, i, run, client)
  history <- mlflow_get_metric_history("odd", run, client)
  equal(values, as.double(history$value))
  equal(as.double(seq_along(values)), history$step)
  # MLflow's server keeps infinities as the greatest finite number; ours keeps them, its protocol has words for them.
  for (last in c(NaN, -Inf, Inf)) {
    run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
    mlflow_log_metric("last", last, run_id = run, client = client)
    equal(last, mlflow_get_run(run, client)$metrics[[1]]$value)
  }
}

# R writes a whole number with many zeros at its end as 1e+05, and the client sends whatever R writes.
whole_numbers_in_rs_spelling <- function(client) {
  run <- mlflow_start_run(experiment_id = "0", start_time = 1.79e12, client = client)
  equal(1.79e9, as.numeric(run$start_time))
  run <- mlflow_id(run)
  mlflow_log_metric("loss", 1e5, 1.7e12, 1e5, run, client)
  metrics <- data.frame(key = "loss", value = 2e5, step = c(2e5, 3e6), timestamp = 1.7e12)
  mlflow_log_batch(metrics, run_id = run, client = client)
  history <- mlflow_get_metric_history("loss", run, client)
  equal(c(1e5, 2e5, 3e6), sort(history$step))
  equal(rep(1.7e9, 3), as.numeric(history$timestamp))
  equal(1.8e9, as.numeric(mlflow_end_run("KILLED", 1.8e12, run, client)$end_time))
}

a_batch_as_large_as_it_may_be <- function(client) {
  run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
  i <- 0:997
  metrics <- data.frame(key = paste0("m/", i %% 10), value = i / 8, step = i %/% 10, timestamp = 1000 + i)
  params <- data.frame(key = "depth", value = "3")
  tags <- data.frame(key = "kind", value = "batch")
  mlflow_log_batch(metrics, params, tags, run, client)
  # A batch that was sent twice is there once.
  mlflow_log_batch(metrics, params, tags, run, client)
  got <- mlflow_get_run(run, client)
  equal(10L, nrow(got$metrics[[1]]))
  equal("3", got$params[[1]]$value)
  equal(c(kind = "batch"), own_tags(got))
  history <- mlflow_get_metric_history("m/7", run, client)
  equal(100L, nrow(history))
  equal(997 / 8, as.double(history$value[100]))
  mlflow_log_batch(tags = data.frame(key = c("kind", "more"), value = c("tags", "1")), run_id = run, client = client)
  equal(c(kind = "tags", more = "1"), own_tags(mlflow_get_run(run, client))[c("kind", "more")])
}

# The client asks for 25,000 points at a time.
a_history_longer_than_a_page <- function(client) {
  run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
  for (batch in 0:25) {
    step <- batch * 1000 + 0:999
    metrics <- data.frame(key = "long", value = step, step = step, timestamp = step)
    mlflow_log_batch(metrics, run_id = run, client = client)
  }
  equal(as.double(0:25999), as.double(mlflow_get_metric_history("long", run, client)$value))
}

runs_searched_and_in_order <- function(client) {
  experiment <- mlflow_create_experiment(unique_name("search"), client = client)
  for (i in 0:11) {
    run <- mlflow_id(mlflow_start_run(experiment_id = experiment, client = client))
    mlflow_log_metric("acc", i, run_id = run, client = client)
    mlflow_log_param("parity", if (i %% 2 == 0) "even" else "odd", run, client)
    if (i == 11) mlflow_delete_run(run, client)
  }
  # The client puts runs that have nothing (no metric, no end) below each other with those that have.
  mlflow_end_run(run_id = mlflow_id(mlflow_start_run(experiment_id = experiment, client = client)), client = client)
  accuracies <- function(...) {
    runs <- mlflow_search_runs(..., experiment_ids = experiment, client = client)
    sapply(runs$metrics, function(metrics) metrics$value)
  }
  equal(c(9, 7, 5), accuracies("params.parity = 'odd' and metrics.acc > 4", order_by = "metrics.acc DESC"))
  equal(11, accuracies(run_view_type = "DELETED_ONLY"))
  other <- mlflow_create_experiment(unique_name("search"), client = client)
  mlflow_start_run(experiment_id = other, tags = list(kind = "other"), client = client)
  all <- mlflow_search_runs(run_view_type = "ALL", experiment_ids = list(experiment, other), client = client)
  equal(14L, nrow(all))
  equal(c(1L, 13L), as.integer(table(is.na(all$end_time))[c("FALSE", "TRUE")]))
  equal(0L, nrow(mlflow_search_runs("metrics.acc > 100", experiment_ids = experiment, client = client)))
}

experiments_and_models_page_by_page <- function(client) {
  name <- unique_name("page")
  names <- sprintf("%s-%d", name, 1:5)
  for (each in names) {
    mlflow_create_experiment(each, client = client, tags = if (each == names[3]) list(team = "r"))
    mlflow_create_registered_model(each, client = client)
  }
  filter <- sprintf("name LIKE '%s-%%'", name)
  page_by_page <- function(ask) {
    found <- list()
    token <- NULL
    repeat {
      page <- ask(token)
      found <- c(found, list(page$names))
      token <- page$next_page_token
      if (is.null(token)) return(found)
    }
  }
  expected <- list(names[5:4], names[3:2], names[1])
  equal(expected, page_by_page(function(token) {
    page <- mlflow_search_experiments(
      filter, max_results = 2, order_by = "name DESC", page_token = token, client = client
    )
    list(names = page$experiments$name, next_page_token = page$next_page_token)
  }))
  equal(expected, page_by_page(function(token) {
    page <- mlflow_search_registered_models(
      filter, max_results = 2, order_by = list("name DESC"), page_token = token, client = client
    )
    list(names = sapply(page$registered_models, function(model) model$name), next_page_token = page$next_page_token)
  }))
  equal(NULL, mlflow_search_experiments("name = 'no such experiment'", client = client))
  equal(NULL, mlflow_search_registered_models("name = 'no such model'", client = client)$registered_models)
}

the_fluent_interface <- function(client) {
  # The client makes the experiment when it is told that there is none.
  name <- unique_name("fluent")
  experiment <- mlflow_set_experiment(name)
  equal(experiment, mlflow_set_experiment(name))
  parent <- mlflow_start_run()
  equal(experiment, parent$experiment_id)
  child <- mlflow_start_run(nested = TRUE)
  mlflow_log_metric("loss", 1.5)
  mlflow_log_param("a", "b")
  mlflow_set_tag("c", "d")
  equal(1.5, as.double(mlflow_get_metric_history("loss")$value))
  equal("FINISHED", mlflow_end_run()$status)
  equal("FAILED", mlflow_end_run("FAILED")$status)
  tags <- mlflow_get_run(mlflow_id(child), client)$tags[[1]]
  equal(mlflow_id(parent), tags$value[tags$key == "mlflow.parentRunId"])
  equal(2L, nrow(mlflow_search_runs()))
  broken <- mlflow_start_run()
  # `with` says again what went wrong, as a message that is an error.
  withCallingHandlers(
    with(broken, stop("the training failed")),
    error = function(problem) invokeRestart("muffleMessage")
  )
  equal("FAILED", mlflow_get_run(mlflow_id(broken), client)$status)
}

# The client for R leaves files to MLflow's command line, which has to be on the path.
artifacts_up_and_down <- function(client) {
  run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
  folder <- tempfile("files-")
  dir.create(folder)
  file <- file.path(folder, "weights.txt")
  writeLines("content", file)
  said <- capture.output({
    mlflow_log_artifact(file, "one", run, client)
    mlflow_log_artifact(folder, run_id = run, client = client)
  })
  equal("one/weights.txt", mlflow_list_artifacts("one", run, client)$path)
  equal(8L, mlflow_list_artifacts("one", run, client)$file_size)
  listed <- mlflow_list_artifacts(run_id = run, client = client)
  equal(c(one = TRUE, weights.txt = FALSE), setNames(listed$is_dir, listed$path)[c("one", "weights.txt")])
  equal(0L, nrow(mlflow_list_artifacts("nothing", run, client)))
  equal("content", readLines(mlflow_download_artifacts("one/weights.txt", run, client)))
}

a_version_registered_moved_and_found <- function(client) {
  name <- unique_name("model")
  run <- mlflow_start_run(experiment_id = "0", client = client)
  model <- mlflow_create_registered_model(name, list(list(key = "team", value = "r")), "first words", client)
  equal(list("first words", list(list(key = "team", value = "r"))), list(model$description, model$tags))
  equal("second words", mlflow_update_registered_model(name, "second words", client)$description)
  equal(NULL, mlflow_get_latest_versions(name, client = client))
  for (version in c("1", "2")) {
    source <- paste0(run$artifact_uri, "/model")
    made <- mlflow_create_model_version(name, source, mlflow_id(run), description = "v", client = client)
    equal(list(version, "READY", mlflow_id(run)), list(made$version, made$status, made$run_id))
  }
  equal("better", mlflow_update_model_version(name, "1", "better", client)$description)
  equal("Production", mlflow_transition_model_version_stage(name, "1", "Production", client = client)$current_stage)
  versions_in <- function(...) {
    sort(sapply(mlflow_get_latest_versions(name, ..., client = client), function(version) version$version))
  }
  equal(c("1", "2"), versions_in())
  equal("1", versions_in(list("Production")))
  mlflow_transition_model_version_stage(name, 2, "Production", archive_existing_versions = TRUE, client = client)
  equal("Archived", mlflow_get_model_version(name, 1, client)$current_stage)
  equal("2", versions_in("Production"))
  mlflow_set_model_version_tag(name, "1", "checked", "yes", client = client)
  mlflow_set_model_version_tag(name, key = "live", value = "yes", stage = "Production", client = client)
  equal(list(list(key = "checked", value = "yes")), mlflow_get_model_version(name, "1", client)$tags)
  equal(list(list(key = "live", value = "yes")), mlflow_get_model_version(name, "2", client)$tags)
  mlflow_delete_model_version(name, "1", client)
  refused(mlflow_get_model_version(name, "1", client), "404", "RESOURCE_DOES_NOT_EXIST")
  renamed <- paste0(name, "-again")
  equal(renamed, mlflow_rename_registered_model(name, renamed, client)$name)
  equal("2", mlflow_get_registered_model(renamed, client)$latest_versions[[1]]$version)
  mlflow_delete_registered_model(renamed, client)
  refused(mlflow_get_registered_model(renamed, client), "404", "RESOURCE_DOES_NOT_EXIST")
}

refusals_come_as_what_they_are <- function(client) {
  refused(
    mlflow_get_run("0123456789abcdef0123456789abcdef", client),
    "'runs/get' failed with error code 404", "RESOURCE_DOES_NOT_EXIST"
  )
  refused(mlflow_get_experiment("123456789", client = client), "404", "No Experiment with id=123456789 exists")
  broken <- "metrics.acc >"
  refused(mlflow_search_runs(broken, experiment_ids = "0", client = client), "400", "INVALID_PARAMETER_VALUE")
  name <- unique_name("twice")
  mlflow_create_experiment(name, client = client)
  refused(mlflow_create_experiment(name, client = client), "400", "RESOURCE_ALREADY_EXISTS")
  run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
  mlflow_log_param("a", "1", run, client)
  refused(mlflow_log_param("a", "2", run, client), "400", "Changing param values is not allowed")
  refused(mlflow_log_metric("m", 1, step = 4e299, run_id = run, client = client), "400", "\"4e+299\" for parameter 'step'")
}

# The client looks for credentials in its environment at every request.
as_somebody <- function(credentials, work) {
  names <- paste0("MLFLOW_TRACKING_", c("USERNAME", "PASSWORD", "TOKEN"))
  before <- Sys.getenv(names, NA)
  on.exit({
    Sys.unsetenv(names)
    do.call(Sys.setenv, as.list(before[!is.na(before)]))
  })
  Sys.unsetenv(names)
  if (length(credentials) > 0) do.call(Sys.setenv, credentials)
  work
}

tokens_are_taken_for_what_they_are <- function(client) {
  run <- mlflow_id(mlflow_start_run(experiment_id = "0", client = client))
  with_token <- function(kind, work) {
    as_somebody(list(MLFLOW_TRACKING_TOKEN = Sys.getenv(paste0("RUNWEIR_TEST_TOKEN_", kind))), work)
  }
  with_token("ALL", mlflow_log_param("by", "token", run, client))
  equal("token", with_token("READ", mlflow_get_run(run, client))$params[[1]]$value)
  with_token("READ", refused(mlflow_log_param("by", "reader", run, client), "403", "PERMISSION_DENIED"))
  with_token("INGEST", mlflow_log_metric("loss", 1, run_id = run, client = client))
}

turned_away <- function(request) refused(request, "failed with error code 401", "You are not authenticated")

strangers_are_refused <- function(client) {
  strangers <- list(
    list(MLFLOW_TRACKING_USERNAME = "ada", MLFLOW_TRACKING_PASSWORD = "not the password"),
    list(MLFLOW_TRACKING_USERNAME = "ada"),
    list(MLFLOW_TRACKING_TOKEN = "rw_nothing_of_ours"),
    list()
  )
  for (stranger in strangers) {
    as_somebody(stranger, {
      turned_away(mlflow_get_experiment("0", client = client))
      turned_away(mlflow_create_experiment(unique_name("r"), client = client))
      turned_away(mlflow_delete_registered_model("model", client))
    })
  }
}

url <- commandArgs(trailingOnly = TRUE)[1]
mlflow_set_tracking_uri(url)
client <- mlflow_client(url)
test("an experiment from its making to its return", function() an_experiment_from_its_making_to_its_return(client))
test("a run from its start to its end", function() a_run_from_its_start_to_its_end(client))
test("values that JSON has no number for", function() values_that_json_has_no_number_for(client))
test("whole numbers in R's spelling", function() whole_numbers_in_rs_spelling(client))
test("a batch as large as it may be, sent twice", function() a_batch_as_large_as_it_may_be(client))
test("a history longer than a page", function() a_history_longer_than_a_page(client))
test("runs, searched and in order", function() runs_searched_and_in_order(client))
test("experiments and models, page by page", function() experiments_and_models_page_by_page(client))
test("the fluent interface", function() the_fluent_interface(client))
test("artifacts up, listed and down", function() artifacts_up_and_down(client))
test("a version registered, moved and found", function() a_version_registered_moved_and_found(client))
test("refusals come as what they are", function() refusals_come_as_what_they_are(client))
if (nchar(Sys.getenv("MLFLOW_TRACKING_USERNAME")) > 0) {
  test("tokens are taken for what they are", function() tokens_are_taken_for_what_they_are(client))
  test("whoever cannot say who they are is refused", function() strangers_are_refused(client))
}
cat("r client:", passed, "passed,", failed, "failed\n")
quit(status = if (failed == 0) 0 else 1)
