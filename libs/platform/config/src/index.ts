export { parseEnvironment } from "./parse-environment.ts";
export {
  choiceSetting,
  flagSetting,
  listSetting,
  portSetting,
  postgresUrlSetting,
  wholeNumberSetting,
} from "./settings.ts";
