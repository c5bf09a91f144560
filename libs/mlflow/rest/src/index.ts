export { type MlflowRestOptions, mlflowRest } from "./mlflow-rest.ts";
