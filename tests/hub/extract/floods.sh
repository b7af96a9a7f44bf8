#!/bin/sh
# Writes what is no frame, without end.
while :; do echo "no frame, no frame, no frame"; done
