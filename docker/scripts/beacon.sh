#!/bin/sh
# Runs in the container `beacon`: the randomness that the task's draw waits for.
set -eu
fednode init
fednode chain fund
exec fednode beacon run
