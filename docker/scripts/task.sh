#!/bin/sh
# Runs in the container `founder`: stakes and poses a task of the arena. A second run finds it and does nothing.
set -eu
umask 077
[ -s /plan/task ] && exit 0
fednode init
fednode chain fund
fednode federation init --data /rows/held-out.csv --label ill --own-scales --name example --out /data/task.yaml --json > /data/init.json
fednode stake add 4000 --role task-creator --task arena:0 --yes
fednode task create /data/task.yaml --metric accuracy --seats 3 --pot 1000 --yes --json \
  --submit-time "$SECONDS_TO_SUBMIT" --commit-time 60 --reveal-time 60 > /data/task.json
cp /data/task.yaml /plan/task.yaml
node -p "JSON.parse(require('node:fs').readFileSync('/data/init.json', 'utf8')).data.cid" > /plan/task-manifest
# Last: members wait for it.
node -p "JSON.parse(require('node:fs').readFileSync('/data/task.json', 'utf8')).data.name" > /data/task
mv /data/task /plan/task
