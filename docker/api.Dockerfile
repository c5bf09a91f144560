# The API: one process, one port. Build from the top of the repository.
FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /srv/runweir
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY apps apps
COPY libs libs
COPY tools tools
COPY e2e e2e
# No package here needs a script of its own to be installed; the image brings Node.
RUN npm ci --omit=dev --ignore-scripts --workspace=apps/api && npm cache clean --force \
  && node tools/deployment/src/drop-unneeded.ts apps/api
# Artifacts lie here when no bucket is named; a volume gets this folder's owner.
RUN mkdir /data && chown node:node /data
USER node
ENV RUNWEIR_HOME=/data
# A warning that kafkajs causes on every connection.
CMD ["node", "--disable-warning=TimeoutNegativeWarning", "apps/api/src/main.ts"]
