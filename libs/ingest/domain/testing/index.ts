export { type LogTransportFixture, logTransportContract } from "./log-transport-contract.ts";
export { batchOf, byStep, byTime, distinctRows, type PointRow, rowsOf } from "./point-rows.ts";
