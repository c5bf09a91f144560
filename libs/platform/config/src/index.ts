export { parseEnvironment } from "./parse-environment.ts";
export {
  choiceSetting,
  flagSetting,
  listSetting,
  portSetting,
  postgresUrlSetting,
  secretKeySettings,
  type TraceSettings,
  toSecretKeyPlace,
  traceSettings,
  wholeNumberSetting,
} from "./settings.ts";
