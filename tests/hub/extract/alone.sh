#!/bin/sh
# Answers "alone" when no other child works on the same file and the environment was emptied.
[ -z "$CARGO_MANIFEST_DIR" ] || exit 1
mkdir "$4.lock" || exit 1
sleep 0.05
rmdir "$4.lock"
printf 'P\005\000\000\000aloneE\001\000\000\000\000'
