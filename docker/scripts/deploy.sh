#!/bin/sh
# Runs in the container `deployer`: the operator's keys, the manifest, the Scenario on the chain. A second run finds them and does nothing.
set -eu
umask 077
[ -s /plan/scenario ] && exit 0
[ -s /plan/metrics-token ] || node -e "console.log(require('node:crypto').randomBytes(32).toString('hex'))" > /plan/metrics-token
fednode init --role aggregator
fednode chain fund
fednode federation init --data /rows/held-out.csv --label ill --name example --out /data/federation.yaml \
  --rounds "$ROUNDS" --min-silos 3 --max-silos 4
fednode federation create /data/federation.yaml --json > /data/created.json
node -p "JSON.parse(require('node:fs').readFileSync('/data/created.json', 'utf8')).data.manifest" > /plan/manifest
# Last: silos wait for it.
node -p "JSON.parse(require('node:fs').readFileSync('/data/created.json', 'utf8')).data.scenario" > /data/scenario
mv /data/scenario /plan/scenario
