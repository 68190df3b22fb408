#!/bin/sh
# Runs in the container of each node and validator of the task; after a restart it goes on with the same keys. In this example whoever starts
# the containers approves the task's manifest for all; on a machine of its own a member reads the plan first and gives its CID.
set -eu
peer=$(fednode init --role "$ROLE" --json | node -p "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).data.peerId")
fednode chain fund
# Nodes say where they are; everybody waits for that, and dials them.
if [ "$ROLE" = arena-node ]; then echo "/dns4/$FEDNODE_NAME/tcp/4001/p2p/$peer" > "/places/$FEDNODE_NAME"; fi
until [ -s /places/node-a ] && [ -s /places/node-b ]; do sleep 0.2; done
FEDNODE_BOOTSTRAP=$(cat /places/* | grep -v "/$peer\$" | paste -sd , -)
export FEDNODE_BOOTSTRAP
exec fednode join "$(cat /plan/task)" --role "$ROLE" --stake 4000 --manifest /plan/task.yaml --accept "$(cat /plan/task-manifest)"
