#!/bin/sh
# Makes a Debian package of the folder that `make package` built: sh packaging/linux/make_deb.sh
# The same commit gives the same bytes: all times are those of the commit.
set -eu
cd "$(dirname "$0")/../.."

metainfo=io.github.readinglist.ReadingList.metainfo.xml
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
tree=build/deb

[ -x dist/readinglist/readinglist ] || {
    echo "There is no dist/readinglist yet. Build it with: make package" >&2
    exit 1
}

rm -rf "$tree"
install -d "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib"
cp -r dist/readinglist "$tree/usr/lib/readinglist"
ln -s ../lib/readinglist/readinglist "$tree/usr/bin/readinglist"
install -Dm 644 packaging/linux/readinglist.desktop "$tree/usr/share/applications/readinglist.desktop"
install -Dm 644 "packaging/linux/$metainfo" "$tree/usr/share/metainfo/$metainfo"
install -Dm 644 resources/icons/app/readinglist.svg "$tree/usr/share/icons/hicolor/scalable/apps/readinglist.svg"
install -Dm 644 LICENSE "$tree/usr/share/doc/readinglist/copyright"

# PyInstaller brings Python and Qt along, and leaves the graphics and display libraries to the system.
cat >"$tree/DEBIAN/control" <<CONTROL
Package: readinglist
Version: $version
Architecture: $architecture
Maintainer: The Reading List team <readinglist@example.org>
Section: science
Priority: optional
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6, libegl1, libgl1, libfontconfig1, libdbus-1-3, libxkbcommon0, libxkbcommon-x11-0, libx11-6, libx11-xcb1,
 libxcb1, libxcb-cursor0, libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-randr0, libxcb-render0,
 libxcb-render-util0, libxcb-shape0, libxcb-shm0, libxcb-sync1, libxcb-util1, libxcb-xfixes0, libxcb-xkb1
Recommends: libwayland-client0, libwayland-cursor0, libwayland-egl1
Description: reading-list manager for research papers
 Copy a page that lists papers into a text file, open it, and the papers are
 there: which are new, which you had already, and where you saw them. Star,
 tag, annotate and search them, and write the ones you cite out as BibTeX.
CONTROL

find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
chmod -R u=rwX,go=rX "$tree"
dpkg-deb --root-owner-group --build "$tree" "dist/readinglist_${version}_$architecture.deb"
