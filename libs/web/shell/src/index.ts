export { AppFrame } from "./app-frame.tsx";
export { ErrorPage } from "./error-page.tsx";
export { HomePage } from "./home/home-page.tsx";
export { NotFoundPage } from "./not-found-page.tsx";
