# Snapshots: one process; its port serves them to the API, and health and metrics. Build from the top of the repository.
FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /srv/runweir
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY apps apps
COPY libs libs
COPY tools tools
COPY e2e e2e
# No package here needs a script of its own to be installed; the image brings Node.
RUN npm ci --omit=dev --ignore-scripts --workspace=apps/warehouse && npm cache clean --force \
  && node tools/deployment/src/drop-unneeded.ts apps/warehouse
# Snapshots lie here; a volume gets this folder's owner.
RUN mkdir /data && chown node:node /data
USER node
ENV RUNWEIR_SNAPSHOT_FOLDER=/data
# Room for the bytes of large results, for which V8 would look through all of its heap every few megabytes.
CMD ["node", "--initial-old-space-size=64", "apps/warehouse/src/main.ts"]
