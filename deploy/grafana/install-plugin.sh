#!/bin/sh
# Installs the app into Grafana's plugins folder from a zip, if the zip is the one that was meant. What is there already
# stays until the new one is whole; with a wrong checksum nothing changes and Grafana does not start.
#
# PLUGIN_ZIP_URL     http(s) address of the zip
# PLUGIN_ZIP_SHA256  checksum of the zip, 64 hexadecimal digits
# PLUGINS_FOLDER     where Grafana looks for plugins
set -eu

app=flamewatch-profiles-app
: "${PLUGIN_ZIP_URL:?is not set}" "${PLUGIN_ZIP_SHA256:?is not set}" "${PLUGINS_FOLDER:?is not set}"

stamp="$PLUGINS_FOLDER/.$app.sha256"
if [ -d "$PLUGINS_FOLDER/$app" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$PLUGIN_ZIP_SHA256" ]; then
  echo "$app with the checksum $PLUGIN_ZIP_SHA256 is installed already"
  exit 0
fi

mkdir -p "$PLUGINS_FOLDER"
# On the same file system as the plugins, so that moving is one step.
work=$(mktemp -d "$PLUGINS_FOLDER/.install.XXXXXX")
trap 'rm -rf "$work"' EXIT

wget -q -O "$work/app.zip" "$PLUGIN_ZIP_URL" || {
  echo "$PLUGIN_ZIP_URL cannot be fetched" >&2
  exit 1
}
got=$(sha256sum "$work/app.zip" | cut -d ' ' -f 1)
if [ "$got" != "$PLUGIN_ZIP_SHA256" ]; then
  echo "the checksum of $PLUGIN_ZIP_URL is $got, and not $PLUGIN_ZIP_SHA256: not installed" >&2
  exit 1
fi
unzip -q "$work/app.zip" -d "$work/unpacked"
if [ ! -f "$work/unpacked/$app/plugin.json" ]; then
  echo "the zip has no $app/plugin.json: not installed" >&2
  exit 1
fi
rm -rf "${PLUGINS_FOLDER:?}/$app"
mv "$work/unpacked/$app" "$PLUGINS_FOLDER/$app"
printf '%s' "$PLUGIN_ZIP_SHA256" >"$stamp"
echo "$app is installed in $PLUGINS_FOLDER"
