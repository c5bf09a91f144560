/** Who asks a server, from the variables that MLflow's clients read: a token, or user name and password; and the workspace. */
export function readCredentials(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const {
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_TRACKING_USERNAME: username,
    MLFLOW_TRACKING_PASSWORD: password = "",
    MLFLOW_WORKSPACE: workspace,
  } = environment;
  const headers: Record<string, string> = {};
  if (username) headers.authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  else if (token) headers.authorization = `Bearer ${token}`;
  if (workspace) headers["x-mlflow-workspace"] = workspace;
  return headers;
}
