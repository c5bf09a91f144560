export { parseEnvironment } from "./parse-environment.ts";
export {
  choiceSetting,
  flagSetting,
  listSetting,
  portSetting,
  postgresUrlSetting,
  type TraceSettings,
  traceSettings,
  wholeNumberSetting,
} from "./settings.ts";
