#!/bin/sh
# Runs in the container of each silo; after a restart it goes on with the same keys. In this example whoever starts the containers approves
# the manifest for all silos; on a machine of its own a silo's administrator reads the plan first and gives its CID.
set -eu
fednode init --role silo
fednode chain fund
exec fednode join "$(cat /plan/scenario)" --accept "$(cat /plan/manifest)"
