export { deliveryRoute } from "./delivery-route.ts";
