# One zone of the pages: `--build-arg ZONE=shell`, `tracking`, `analytics` or `registry`. Build from the top of the repository.
FROM node:24.21.0-bookworm-slim AS build
ARG ZONE
WORKDIR /srv/runweir
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY apps apps
COPY libs libs
COPY tools tools
COPY e2e e2e
RUN npm ci --ignore-scripts
RUN npm run build --workspace=apps/${ZONE}

FROM node:24.21.0-bookworm-slim
ARG ZONE
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 KEEP_ALIVE_TIMEOUT=120000 ZONE=${ZONE}
WORKDIR /srv/runweir
COPY --from=build /srv/runweir/apps/${ZONE}/.next/standalone ./
USER node
CMD ["sh", "-c", "exec node --max-old-space-size=128 apps/$ZONE/server.js"]
