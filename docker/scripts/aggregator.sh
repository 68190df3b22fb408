#!/bin/sh
# Runs in the container `aggregator`.
set -eu
exec fednode aggregator run --scenario "$(cat /plan/scenario)" --data /rows/held-out.csv
