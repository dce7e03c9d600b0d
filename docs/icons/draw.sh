#!/bin/sh
# Draws the home screen's icons from favicon.svg, with Chromium: sh docs/icons/draw.sh
# `maskable` fills the square and keeps the house within the circle of 80 % that every phone shows.
set -eu
cd "$(dirname "$0")/../../public/icons"
draw() { # name, size, markup
  page="$(mktemp --suffix .html)"
  printf '<!doctype html><style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>%s' "$3" > "$page"
  "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
    --default-background-color=00000000 --window-size="$2,$2" --screenshot="$PWD/$1-$2.png" "file://$page" 2> /dev/null
  rm "$page"
}
icon="$(cat favicon.svg)"
full="$(printf '%s' "$icon" | sed -e 's/ rx="14"//' -e 's|<path|<g transform="translate(3.8 4.3) scale(.88)"><path|' -e 's|</svg>|</g></svg>|')"
draw icon 192 "$icon"
draw icon 512 "$icon"
draw maskable 512 "$full"
